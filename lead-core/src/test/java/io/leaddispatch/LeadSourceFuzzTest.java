package io.leaddispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Keeps {@link LeadSourceRules} for whatever the fuzzer finds. The seeds stand in the resources. */
class LeadSourceFuzzTest {
    @FuzzTest
    void anyTextKeepsTheRules(byte[] text) {
        LeadSourceRules.check(new String(text, UTF_8));
    }
}
