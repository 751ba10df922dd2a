package io.leaddispatch.testkit.contract;

import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.Vendor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every destination keeps to, tried against a server that answers as the vendor does. Extend it, say how the vendor
 * answers, and run it with JUnit:
 *
 * <pre>{@code
 * class AcmeContractTest extends LeadDestinationContract {
 *     protected LeadDestinationProvider provider() { return new AcmeDestinationProvider(); }
 *     protected Map<String, ?> settings(URI server) { return Map.of("url", server + "/leads", "token", "secret"); }
 *     protected Vendor vendor() { return new AcmeVendor(); }
 * }
 * }</pre>
 *
 * <p>Each test has a server and a destination of its own. The destination's clock stands still unless it is moved.
 */
public abstract class LeadDestinationContract {
    private static final System.Logger LOG = System.getLogger(LeadDestinationContract.class.getName());

    /** For those who extend it. */
    protected LeadDestinationContract() {}

    /** What makes the destination. */
    protected abstract LeadDestinationProvider provider();

    /**
     * Settings as in a configuration file, for a vendor at that address.
     *
     * @param server scheme, host and port; plain http on loopback unless {@link #startServer()} says otherwise
     */
    protected abstract Map<String, ?> settings(URI server);

    /** How the vendor answers; a new one, or one without state. */
    protected abstract Vendor vendor();

    /** The groups that do not apply, with the reason of each; they are skipped, and the reason is printed. */
    protected Map<Group, String> doesNotApply() {
        return Map.of();
    }

    /**
     * Settings that are wrong in a way that only the provider sees, such as a user name with a colon. All of them must be
     * named at once, and no value quoted.
     *
     * @return values by key, put over {@link #settings}; by default none
     */
    protected Map<String, ?> wrongSettings() {
        return Map.of();
    }

    /** What else must never be printed, beside values of secret settings: parts of them, or tokens; by default nothing. */
    protected List<String> secrets() {
        return List.of();
    }

    /** The vendor's server; by default one without TLS. */
    protected ScriptedServer startServer() throws Exception {
        return ScriptedServer.start();
    }

    /** A page that must list the groups that do not apply, each with its reason in the same line, or null. */
    protected @Nullable Path documentation() {
        return null;
    }

    /** How much later than its deadline a call may come back on a busy machine; by default 15 s. */
    protected Duration patience() {
        return Duration.ofSeconds(15);
    }

    /** A deadline for calls that cannot end well; the kit's own tests are in a hurry. */
    Duration brief() {
        return Duration.ofSeconds(2);
    }

    /** One rule. */
    @FunctionalInterface
    interface Check {
        void on(Bench bench) throws Exception;
    }

    private void check(Group group, Check check) throws Exception {
        String reason = doesNotApply().get(group);
        if (reason != null) {
            String said = group + " does not apply to " + provider().type() + ": " + reason;
            LOG.log(System.Logger.Level.INFO, said);
            requireDocumented(group, reason);
            Assumptions.abort(said);
        }
        try (Bench bench = new Bench(this)) {
            check.on(bench);
        }
    }

    private void requireDocumented(Group group, String reason) throws Exception {
        Path page = documentation();
        if (page != null) {
            Pattern line = Pattern.compile(".*\\b" + group + "\\b.*" + Pattern.quote(reason) + ".*");
            try (var lines = Files.lines(page)) {
                Rule.holds(
                        lines.anyMatch(line.asMatchPredicate()),
                        "what does not apply stands in " + page,
                        group + ": " + reason);
            }
        }
    }

    @Test
    void theProviderIsFoundByServiceLoader() throws Exception {
        check(Group.DISCOVERY, ProviderChecks::found);
    }

    @Test
    void typeAndProblemsAreWellFormed() throws Exception {
        check(Group.DISCOVERY, ProviderChecks::wellFormed);
    }

    @Test
    void settingsAreDeclaredOnceAndDocumented() throws Exception {
        check(Group.SETTINGS, ProviderChecks::settings);
    }

    @Test
    void openingTouchesNoNetwork() throws Exception {
        check(Group.SETTINGS, ProviderChecks::openingIsQuiet);
    }

    @Test
    void configurationFaultsComeAllAtOnceAndWithoutValues() throws Exception {
        check(Group.CONFIGURATION_FAULTS, bench -> ProviderChecks.faults(bench, wrongSettings()));
    }

    @Test
    void aLeadIsDelivered() throws Exception {
        check(Group.OUTCOMES, OutcomeChecks::one);
    }

    @Test
    void aLeadWithAnAddressAloneIsDeliveredOrRejected() throws Exception {
        check(Group.OUTCOMES, OutcomeChecks::sparse);
    }

    @Test
    void aFullCallHasOneResultPerLead() throws Exception {
        check(Group.OUTCOMES, OutcomeChecks::full);
    }

    @Test
    void noCallExecutesTwoWrites() throws Exception {
        check(Group.OUTCOMES, OutcomeChecks::oneWrite);
    }

    @Test
    void everyResultFitsItsProblem() throws Exception {
        check(Group.OUTCOMES, OutcomeChecks::resultsFit);
    }

    @Test
    void aBadLeadAloneIsRejected() throws Exception {
        check(Group.BAD_LEAD, OutcomeChecks::badAlone);
    }

    @Test
    void oneBadLeadOfManyIsRejectedAndTheOthersArrive() throws Exception {
        check(Group.BAD_LEAD, OutcomeChecks::oneBad);
    }

    @Test
    void aRepeatIsTheSameLeadForTheVendor() throws Exception {
        check(Group.REPEATED_LEAD, RepeatChecks::sameKey);
    }

    @Test
    void aRepeatedLeadIsDeliveredAgain() throws Exception {
        check(Group.REPEATED_LEAD, RepeatChecks::told);
    }

    @Test
    void keysOfALeadStayTheSame() throws Exception {
        check(Group.OUTCOMES, bench -> RepeatChecks.keys(bench, doesNotApply()));
    }

    @Test
    void aThrottledCallPausesEverybodyAndCostsNothing() throws Exception {
        check(Group.THROTTLING, PressureChecks::throttled);
    }

    @Test
    void thePauseLastsAsLongAsTheVendorSays() throws Exception {
        check(Group.RETRY_AFTER, PressureChecks::retryAfter);
    }

    @Test
    void refusedCredentialsHoldTheDestination() throws Exception {
        check(Group.CREDENTIALS, PressureChecks::refused);
    }

    @Test
    void anExpiredTokenIsReplacedAndTheWriteRepeatedOnce() throws Exception {
        check(Group.TOKENS, PressureChecks::expired);
    }

    @Test
    void tokensAreFetchedOneAtATime() throws Exception {
        check(Group.TOKENS, PressureChecks::oneToken);
    }

    @Test
    void aVendorThatIsAwayRejectsNobody() throws Exception {
        check(Group.OUTAGE, FaultChecks::away);
    }

    @Test
    void anErrorOfTheVendorsOwnRejectsNobody() throws Exception {
        check(Group.OUTAGE, FaultChecks::serverError);
    }

    @Test
    void aSlowAnswerIsWaitedFor() throws Exception {
        check(Group.SLOW_ANSWER, FaultChecks::slow);
    }

    @Test
    void noAnswerIsNoDelivery() throws Exception {
        check(Group.STALLED_ANSWER, FaultChecks::silent);
    }

    @Test
    void aStalledAnswerIsNoDelivery() throws Exception {
        check(Group.STALLED_ANSWER, FaultChecks::stalled);
    }

    @Test
    void aTruncatedAnswerIsNoDelivery() throws Exception {
        check(Group.TRUNCATED_ANSWER, FaultChecks::truncated);
    }

    @Test
    void aHugeAnswerIsNotReadWhole() throws Exception {
        check(Group.HUGE_ANSWER, FaultChecks::huge);
    }

    @Test
    void aPageInsteadOfAnAnswerIsNoDelivery() throws Exception {
        check(Group.MALFORMED_ANSWER, FaultChecks::page);
    }

    @Test
    void whatIsNotHttpIsNoDelivery() throws Exception {
        check(Group.MALFORMED_ANSWER, FaultChecks::notHttp);
    }

    @Test
    void aConnectionLostBeforeStoringIsNoDelivery() throws Exception {
        check(Group.LOST_BEFORE_STORING, FaultChecks::before);
    }

    @Test
    void aConnectionLostAfterStoringIsNoDelivery() throws Exception {
        check(Group.LOST_AFTER_STORING, FaultChecks::after);
    }

    @Test
    void anInterruptedCallEndsSoon() throws Exception {
        check(Group.INTERRUPTION, TimeChecks::interrupted);
    }

    @Test
    void noRequestOutlivesItsDeadline() throws Exception {
        check(Group.DEADLINE, TimeChecks::deadline);
    }

    @Test
    void afterTheDeadlineNothingIsSent() throws Exception {
        check(Group.DEADLINE, TimeChecks::late);
    }

    @Test
    void aTokenThatDoesNotComeCountsIntoTheDeadline() throws Exception {
        check(Group.TOKENS, PressureChecks::silentToken);
    }

    @Test
    void callsAtOnceDoNotMixTheirLeads() throws Exception {
        check(Group.CONCURRENCY, TimeChecks::concurrent);
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        check(Group.CLOSING, TimeChecks::closeTwice);
    }

    @Test
    void closingDoesNotWaitForACallThatHangs() throws Exception {
        check(Group.CLOSING, TimeChecks::closeInFlight);
    }

    @Test
    void nothingSecretOrPersonalIsPrinted() throws Exception {
        check(Group.SECRECY, bench -> SecrecyChecks.quiet(bench, secrets()));
    }

    @Test
    void textsOfAllScriptsArrive() throws Exception {
        check(Group.UNICODE, TextChecks::unicode);
    }

    @Test
    void tooLongATextIsCutWithANoteOrRefused() throws Exception {
        check(Group.LENGTHS, TextChecks::longest);
    }

    @Test
    void aCheckWritesOnlyItsTestLead() throws Exception {
        check(Group.VERIFICATION, OutcomeChecks::verification);
    }
}
