package io.leaddispatch.json;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Keeps {@link LeadJsonRules} for whatever the fuzzer finds. The seeds stand in the resources. */
class LeadJsonFuzzTest {
    @FuzzTest
    void anyTextKeepsTheRules(byte[] text) {
        LeadJsonRules.check(text);
        LeadJsonRules.checkAsFile(text);
        LeadJsonRules.checkAsValues(text);
    }
}
