package io.leaddispatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.example.zoho.ZohoVendor;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule a wrong destination fails it, and nothing else where that can be. */
class LeadDestinationContractTest {
    /** These wait for a deadline; they are run where they must fail, and for the right destination. */
    private static final Set<String> SLOW = Set.of(
            "aSlowAnswerIsWaitedFor",
            "noAnswerIsNoDelivery",
            "aStalledAnswerIsNoDelivery",
            "noRequestOutlivesItsDeadline",
            "aTokenThatDoesNotComeCountsIntoTheDeadline",
            "nothingSecretOrPersonalIsPrinted");

    private static WrongProvider current = new WrongProvider();

    @Test
    void theSameDestinationWithoutATwistPasses() {
        current = new WrongProvider();
        ContractRun run = ContractRun.of(Tried.class, name -> true);
        assertThat(run.failed()).as("%s", run).isEmpty();
        assertThat(run.aborted()).isEmpty();
        assertThat(run.passed()).hasSameSizeAs(tests(LeadDestinationContract.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongDestinationFailsItsTest(Wrong<WrongProvider> wrong) {
        current = wrong.subject();
        ContractRun run = ContractRun.of(
                Tried.class, name -> !SLOW.contains(name) || wrong.failing().contains(name));
        if (wrong.only()) {
            assertThat(run.failed()).as("%s", run).containsExactlyInAnyOrderElementsOf(wrong.failing());
        } else {
            assertThat(run.failed()).as("%s", run).containsAll(wrong.failing());
        }
    }

    @Test
    void everyRuleIsFailedBySomeWrongDestination() {
        Set<String> failed =
                wrong().flatMap(wrong -> wrong.failing().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(failed).containsExactlyElementsOf(tests(LeadDestinationContract.class));
    }

    static Stream<Wrong<WrongProvider>> wrong() {
        List<Wrong<WrongProvider>> all = new ArrayList<>(WrongProviders.all());
        all.addAll(WrongOutcomes.all());
        all.addAll(WrongTimes.all());
        return all.stream();
    }

    static Set<String> tests(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The contract, for the wrong destination of the moment; not run by itself. */
    static final class Tried extends LeadDestinationContract {
        @Override
        protected LeadDestinationProvider provider() {
            return current;
        }

        @Override
        protected Map<String, ?> settings(URI server) {
            return Map.of(
                    "accountsServer", server.toString(),
                    "apiServer", server.toString(),
                    "clientId", "1000.CLIENT",
                    "clientSecret", "CANARY-secret",
                    "refreshToken", "1000.CANARY-refresh");
        }

        @Override
        protected Map<String, ?> wrongSettings() {
            return Map.of("accountsServer", "http://canary.example", "apiServer", "https://canary@api.example");
        }

        @Override
        protected List<String> secrets() {
            return List.of("1000.CANARY");
        }

        @Override
        protected Vendor vendor() {
            return new PatientVendor(new ZohoVendor());
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(5);
        }

        @Override
        Duration brief() {
            return Duration.ofSeconds(1);
        }
    }

    /** Zoho, with an ear for what wrong destinations say. */
    private record PatientVendor(Vendor zoho) implements Vendor {
        @Override
        public Kind kind(ReceivedRequest request) {
            return request.target().equals("/ping") ? Kind.READ : zoho.kind(request);
        }

        @Override
        public Answer token(ReceivedRequest request, int number) {
            return zoho.token(request, number);
        }

        @Override
        public Answer read(ReceivedRequest request, List<Lead> stored) {
            return Answer.of(200);
        }

        @Override
        public Answer answer(Write write) {
            return zoho.answer(write);
        }

        @Override
        public Answer throttled(Duration retryAfter) {
            return zoho.throttled(retryAfter);
        }

        @Override
        public Answer refusedCredentials(ReceivedRequest request) {
            return zoho.refusedCredentials(request);
        }

        @Override
        public String key(ReceivedRequest write, Lead lead) {
            return write.header("X-Key").isEmpty() ? zoho.key(write, lead) : write.header("X-Key");
        }
    }
}
