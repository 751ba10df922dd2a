package io.leaddispatch.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The public payloads in {@code src/test/resources/samples}; their README names the sources. */
final class Samples {
    static final List<String> ALL = List.of(
            "customer-info.json",
            "customer-leads-resource.json",
            "https-lead-documented-2018-pascal-case.json",
            "https-lead-documented-pascal-case.json",
            "https-lead-observed-camel-case-2019.json",
            "https-lead-observed-camel-case-empty.json",
            "https-lead-observed-camel-case.json",
            "test-lead-https-invalid-json.txt",
            "test-lead-salesforce.txt");

    private Samples() {}

    static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/samples/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
