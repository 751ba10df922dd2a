package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void endsWithDeliveredSuppressedAndRefusedLeads() throws Exception {
        Set<Path> before = folders();
        Ran ran = lead("demo");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("4 delivered, 1 suppressed, 1 rejected, 1 not a lead")
                .contains("The receiver took 4 leads and refused 0 requests.")
                .contains("[policy.edu]", "[lead.empty]", "[json.syntax]", "SPZA-DNC")
                .doesNotContain("someone@contoso.com", "16175555555");
        assertThat(ran.err()).isEmpty();
        Set<Path> left = folders();
        left.removeAll(before);
        awaitThatOtherDemosEnd(left);
        assertThat(left).allMatch(Files::notExists);
    }

    /** Other tests run demos at the same time, in processes of their own. */
    private static void awaitThatOtherDemosEnd(Set<Path> folders) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 600 && folders.stream().anyMatch(Files::exists); i++) {
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static Set<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("lead-demo"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
