package io.leaddispatch.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract inside a test, and tells what failed. */
final class ContractRun implements TestExecutionListener {
    private final Map<String, String> failed = new TreeMap<>();
    private final List<String> passed = new ArrayList<>();
    private final List<String> aborted = new ArrayList<>();

    private ContractRun() {}

    /** @param wanted by the name of the test */
    static ContractRun of(Class<?> contract, Predicate<String> wanted) {
        ContractRun run = new ContractRun();
        PostDiscoveryFilter filter = descriptor ->
                FilterResult.includedIf(!descriptor.isTest() || wanted.test(name(descriptor.getDisplayName())));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .filters(filter)
                .build();
        LauncherFactory.create().execute(request, run);
        return run;
    }

    private static String name(String shown) {
        return shown.replace("()", "");
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name = name(test.getDisplayName());
        if (result.getStatus() == Status.FAILED) {
            failed.put(name, result.getThrowable().map(Throwable::toString).orElse(""));
        } else if (test.isTest()) {
            (result.getStatus() == Status.ABORTED ? aborted : passed).add(name);
        }
    }

    Set<String> failed() {
        return failed.keySet();
    }

    List<String> passed() {
        return passed;
    }

    List<String> aborted() {
        return aborted;
    }

    /** What failed and why. */
    @Override
    public String toString() {
        return failed.toString();
    }
}
