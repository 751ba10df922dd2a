package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.testkit.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    @Test
    void aReadyDestinationGetsTheTestLead() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("verify", "--config", receiver.config());
            assertThat(ran.code()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("hook: ready", "passed   deliver the test lead");
            assertThat(receiver.server().requests()).hasSize(1);
            assertThat(receiver.server().requests().get(0).body()).contains("MSFT_TEST_");
        }
    }

    @Test
    void noTestLeadWritesNothing() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("verify", "--config", receiver.config(), "--no-test-lead");
            assertThat(ran.code()).isZero();
            assertThat(receiver.server().requests()).isEmpty();
        }
    }

    @Test
    void aFailedStepIsToldWithItsRemedy() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            receiver.server().otherwise(request -> Answer.of(410));
            Ran ran = lead("verify", "--config", receiver.config());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("hook: NOT READY", "failed", "[https.gone]", "What to do: Ask its owner");
            JsonNode json = SendCommandTest.json(lead("verify", "-c", receiver.config(), "--output", "json"))
                    .get(0);
            assertThat(json.get("passed").asBoolean()).isFalse();
            assertThat(json.get("destination").asText()).isEqualTo("hook");
            assertThat(json.at("/steps/4/state").asText()).isEqualTo("failed");
            assertThat(json.at("/steps/4/problem/code").asText()).isEqualTo("https.gone");
        }
    }

    @Test
    void whatFollowsAFailedStepIsNotRun() throws Exception {
        Receiver receiver = Receiver.in(folder);
        receiver.close();
        Ran ran = lead("verify", "--config", receiver.config());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("failed   connect", "[https.unreachable]", "not run  deliver the test lead");
    }
}
