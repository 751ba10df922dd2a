package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final Problem PROBLEM =
            new Problem("test.code", Category.DUPLICATE, "a cause", "a remedy", "V1", List.of("r1", "r2"));
    private static final String WRITTEN = "\"problem\":{\"code\":\"test.code\",\"category\":\"duplicate\","
            + "\"cause\":\"a cause\",\"remedy\":\"a remedy\",\"vendorCode\":\"V1\",\"records\":[\"r1\",\"r2\"]}";

    @Test
    void everyOutcomeIsWrittenWhole() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put("a", new Outcome.Delivered(Confirmation.ALREADY_PRESENT, "7", List.of("cut"), 2));
        outcomes.put("b", new Outcome.Rejected(PROBLEM, 1));
        outcomes.put("c", new Outcome.Suppressed(PROBLEM));
        outcomes.put("d", new Outcome.Pending(null, 3));
        outcomes.put("e", new Outcome.Undelivered(PROBLEM, 5, true));
        assertThat(JsonReport.of(3, new DispatchReport(LeadId.of("x"), outcomes)))
                .isEqualTo("{\"line\":3,\"leadId\":\"x\",\"settled\":false,\"outcomes\":{"
                        + "\"a\":{\"outcome\":\"delivered\",\"confirmation\":\"already_present\",\"recordId\":\"7\","
                        + "\"attempts\":2,\"notes\":[\"cut\"]},"
                        + "\"b\":{\"outcome\":\"rejected\",\"attempts\":1," + WRITTEN + "},"
                        + "\"c\":{\"outcome\":\"suppressed\"," + WRITTEN + "},"
                        + "\"d\":{\"outcome\":\"pending\",\"attempts\":3},"
                        + "\"e\":{\"outcome\":\"undelivered\",\"attempts\":5,\"mayExist\":true," + WRITTEN + "}}}");
    }

    @Test
    void aCheckIsWrittenStepByStep() {
        var verification = new Verification(List.of(
                Verification.Step.passed("look", "at this"),
                Verification.Step.failed("try", PROBLEM),
                Verification.Step.notRun("go on")));
        assertThat(JsonReport.of("hook", verification))
                .isEqualTo("{\"destination\":\"hook\",\"passed\":false,\"steps\":["
                        + "{\"what\":\"look\",\"state\":\"passed\",\"advice\":\"at this\"},"
                        + "{\"what\":\"try\",\"state\":\"failed\"," + WRITTEN + "},"
                        + "{\"what\":\"go on\",\"state\":\"not_run\"}]}");
    }

    @Test
    void aPreviewIsWrittenByDestination() {
        assertThat(JsonReport.preview(3, LeadId.of("x"), Map.of("hook", "POST\n\"body\"")))
                .isEqualTo("{\"line\":3,\"leadId\":\"x\",\"requests\":{\"hook\":\"POST\\n\\\"body\\\"\"}}");
    }
}
