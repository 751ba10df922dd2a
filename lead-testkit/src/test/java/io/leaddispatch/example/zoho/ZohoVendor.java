package io.leaddispatch.example.zoho;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import java.time.Duration;
import java.util.stream.Collectors;

/** Zoho's answers. */
public final class ZohoVendor implements Vendor {
    @Override
    public Kind kind(ReceivedRequest request) {
        return request.target().equals("/oauth/v2/token") ? Kind.TOKEN : Kind.WRITE;
    }

    @Override
    public Answer token(ReceivedRequest request, int number) {
        return Answer.json(
                200, "{\"access_token\":\"1000.CANARY" + number + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    @Override
    public Answer answer(Write write) {
        return Answer.json(
                write.anyBad() ? 207 : 200,
                write.entries().stream().map(ZohoVendor::answer).collect(Collectors.joining(",", "{\"data\":[", "]}")));
    }

    private static String answer(Entry entry) {
        if (entry.bad()) {
            return "{\"code\":\"INVALID_DATA\",\"details\":{\"expected_data_type\":\"phone\",\"api_name\":\"Phone\"},"
                    + "\"message\":\"invalid data\",\"status\":\"error\"}";
        }
        return "{\"code\":\"SUCCESS\",\"duplicate_field\":null,\"action\":\"" + (entry.known() ? "update" : "insert")
                + "\",\"details\":{\"id\":\"3652397000003852095\"},\"message\":\"record added\",\"status\":\"success\"}";
    }

    @Override
    public Answer throttled(Duration retryAfter) {
        return Answer.json(429, "{\"code\":\"TOO_MANY_REQUESTS\",\"details\":{},\"status\":\"error\"}")
                .with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Answer refusedCredentials(ReceivedRequest request) {
        return Answer.json(401, "{\"code\":\"INVALID_TOKEN\",\"details\":{},\"status\":\"error\"}");
    }

    @Override
    public String key(ReceivedRequest write, Lead lead) {
        String email = lead.contact().email();
        return write.body().contains("\"Email\":\"" + email + "\"") ? email : null;
    }
}
