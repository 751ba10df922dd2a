package io.leaddispatch.testkit.salesforce;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Web-to-Lead servlet: it takes nearly everything with 200, and tells nobody what came of it. */
final class WebDesk {
    static final String ORGANIZATION = "00Do0000000ZHog";

    private final List<Map<String, List<String>>> forms = new ArrayList<>();
    private final List<Map<String, List<String>>> made = new ArrayList<>();
    private boolean captcha;
    private @Nullable String isProcessed;

    /**
     * [1.4 peer-observed] 200 with or without a header; a refusal begins with "true" as well. [1.3 documented] a wrong
     * organization is answered with 200 too. [1.1 peer-observed] without retURL the body is empty.
     */
    Answer post(ReceivedRequest request) {
        Map<String, List<String>> form = WebForms.all(request.body());
        forms.add(form);
        if (isProcessed != null) {
            return Answer.of(200).with("Is-Processed", isProcessed);
        }
        if (!List.of(ORGANIZATION).equals(form.get("oid"))) {
            return Answer.of(200).with("Is-Processed", "true Exception:common.exception.SalesforceGenericException");
        }
        if (!captcha) { // [1.7 documented] a required captcha drops a server's form without a word
            made.add(form);
        }
        return Answer.of(200);
    }

    void requireCaptcha() {
        captcha = true;
    }

    void isProcessed(@Nullable String value) {
        isProcessed = value;
    }

    List<Map<String, List<String>>> forms() {
        return List.copyOf(forms);
    }

    List<Map<String, List<String>>> made() {
        return List.copyOf(made);
    }
}
