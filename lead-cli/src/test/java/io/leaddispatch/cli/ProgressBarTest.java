package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter written = new StringWriter();
    private double done;
    private final ProgressBar bar = new ProgressBar(new PrintWriter(written), () -> done);

    @Test
    void aKnownEndHasABar() {
        done = 0.5;
        bar.show(1_500, 2);
        assertThat(written.toString())
                .startsWith("\r[###############...............]  50 %")
                .endsWith("1,500 leads reported, 2 with trouble");
    }

    @Test
    void anUnknownEndHasNoneAndClearingLeavesNothing() {
        done = -1;
        bar.clear();
        assertThat(written.toString()).isEmpty();
        bar.show(7, 0);
        String line = "7 leads reported, 0 with trouble";
        bar.clear();
        bar.clear();
        assertThat(written.toString()).isEqualTo("\r" + line + "\r" + " ".repeat(line.length()) + "\r");
    }
}
