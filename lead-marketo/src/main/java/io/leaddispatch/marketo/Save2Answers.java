package io.leaddispatch.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Confirmation;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.util.List;

/** From the answer to the old form post to a result. Pure. */
final class Save2Answers {
    private Save2Answers() {}

    /** It never says more than that a post was taken. */
    static DeliveryResult read(HttpAnswer answer, List<String> notes) {
        int status = answer.status();
        String code = "HTTP " + status;
        JsonNode body = Envelope.tree(answer.body());
        if (status >= 500) {
            return new DeliveryResult.Unknown(
                    MarketoProblems.NO_ANSWER.problem().withVendorCode(code));
        }
        if (status == 200 && body == null) {
            return new DeliveryResult.Pause(
                    MarketoProblems.SAVE2_CAPTCHA.problem().withVendorCode(code), null);
        }
        boolean taken = status == 200
                && body != null
                && body.has("formId")
                && !body.path("error").asBoolean(false);
        return taken
                ? new DeliveryResult.Delivered(Confirmation.ACCEPTED, null, notes)
                : new DeliveryResult.Pause(
                        MarketoProblems.SAVE2_REFUSED.problem().withVendorCode(code), null);
    }

    /** What a post without an answer means. */
    static DeliveryResult read(TransportException failure) {
        return switch (failure.kind()) {
            case UNFIT_CLIENT -> new DeliveryResult.Pause(MarketoProblems.CLIENT_UNFIT.problem(), null);
            case REFUSED, UNKNOWN_HOST, CONNECT_TIMEOUT, TLS ->
                new DeliveryResult.Retry(MarketoProblems.UNREACHABLE.problem(failure.describe()), null);
            case TIMEOUT, BROKEN -> new DeliveryResult.Unknown(MarketoProblems.NO_ANSWER.problem(failure.describe()));
        };
    }
}
