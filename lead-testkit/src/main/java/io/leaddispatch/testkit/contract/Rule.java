package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Rules in words, which fail with what was seen instead. */
final class Rule {
    private Rule() {}

    static void holds(boolean kept, String rule, @Nullable Object seen) {
        if (!kept) {
            throw new AssertionFailedError(rule + "; seen: " + seen);
        }
    }

    static <T> T there(@Nullable T value, String rule) {
        if (value == null) {
            throw new AssertionFailedError(rule + "; seen: nothing");
        }
        return value;
    }

    static <T> void same(T expected, T seen, String rule) {
        holds(expected.equals(seen), rule + " (expected: " + expected + ")", seen);
    }

    /** All results are of that kind. */
    static void all(Class<? extends DeliveryResult> kind, List<DeliveryResult> results, String rule) {
        holds(!results.isEmpty() && results.stream().allMatch(kind::isInstance), rule, results);
    }

    static boolean is(DeliveryResult result, Category... any) {
        Problem problem = problem(result);
        return problem != null && List.of(any).contains(problem.category());
    }

    static @Nullable Problem problem(DeliveryResult result) {
        if (result instanceof DeliveryResult.Rejected rejected) {
            return rejected.problem();
        }
        if (result instanceof DeliveryResult.Retry retry) {
            return retry.problem();
        }
        if (result instanceof DeliveryResult.Pause pause) {
            return pause.problem();
        }
        if (result instanceof DeliveryResult.NotExecuted not) {
            return not.problem();
        }
        return result instanceof DeliveryResult.Unknown unknown ? unknown.problem() : null;
    }
}
