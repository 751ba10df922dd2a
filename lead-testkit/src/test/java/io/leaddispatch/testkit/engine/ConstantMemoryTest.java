package io.leaddispatch.testkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConstantMemoryTest {
    @Test
    void aMillionLeadsFitIntoSixtyFourMegabytes() throws Exception {
        Process child = ChildJvm.start(CountingMain.class, List.of("-Xmx64m"), "1000000");
        try {
            child.getOutputStream().close();
            String said = new String(child.getInputStream().readAllBytes(), UTF_8);
            System.out.print("sendAll with -Xmx64m: " + said);
            assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
            assertThat(said).startsWith("leads=1000000 delivered=1000000 counted=1000000 ");
        } finally {
            child.destroyForcibly();
        }
    }
}
