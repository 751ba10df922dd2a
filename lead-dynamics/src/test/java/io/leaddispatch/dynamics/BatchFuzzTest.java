package io.leaddispatch.dynamics;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Keeps {@link BatchRules} for whatever the fuzzer finds. The seeds stand in the resources. */
class BatchFuzzTest {
    @FuzzTest
    void anyBytesKeepTheRules(byte[] bytes) {
        BatchRules.check(bytes);
    }
}
