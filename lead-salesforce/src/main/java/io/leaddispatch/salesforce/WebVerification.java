package io.leaddispatch.salesforce;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.Step;
import io.leaddispatch.spi.VerificationSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what can be checked of Web-to-Lead, and names what cannot: the servlet answers 200 to nearly everything, and what
 * goes wrong later is only mailed.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/lead-management-faq">Lead management FAQ</a>
 */
record WebVerification(WebToLeadDestination destination, Instant deadline) {
    private static final String BLIND = "cannot be seen from here: ";

    /** What drops a web lead without a word, and what to do. */
    static final List<Step> TRAPS = List.of(
            trap(
                    "reCAPTCHA",
                    "Turn off Require reCAPTCHA Verification in Setup > Web-to-Lead; a server cannot solve a captcha,"
                            + " Salesforce drops the lead without an error."),
            trap(
                    "the Lead Source picklist",
                    "Lead Source is restricted or mandatory in this org: add the value, switch to a text field, or set a"
                            + " fixed lead source / omit it here (leadSource). The original text is kept in the description."),
            trap(
                    "the country list",
                    "With state and country picklists the text must be the integration value. Choose how the country is"
                            + " sent (country): name, ISO code (country_code), or omit."),
            trap(
                    "duplicate rules",
                    "Set the Lead duplicate rule to Allow with Report (no Alert) for record creation, or use REST mode."),
            trap(
                    "validation rules and required fields",
                    "A validation rule or required field refused the lead: relax it for the Web-to-Lead user or map the"
                            + " field here (fields)."),
            trap(
                    "the organization id and the default lead creator",
                    "Enable Web-to-Lead, set a Default Lead Creator, compare the oid with the generated HTML."),
            trap(
                    "the daily limit",
                    "More than 500 web leads in 24 h: Salesforce queues them; ask for a higher limit or use REST mode."));

    private static Step trap(String what, String remedy) {
        return Step.passed(BLIND + what, remedy);
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        VerificationSteps steps = new VerificationSteps()
                .then(
                        "reach the servlet's host",
                        "an answer of any status counts: that leads arrive can only be seen in the org",
                        this::reach);
        Lead testLead = probe.testLead();
        if (testLead != null) {
            steps.then(
                    "post the test lead",
                    "the form was taken, which does not prove that a lead was made: look for " + testLead.id()
                            + " in the org, or set debugEmail for once",
                    () -> post(testLead));
        }
        List<Step> all = new ArrayList<>(steps.verification().steps());
        all.addAll(TRAPS);
        return new Verification(all);
    }

    private @Nullable Problem reach() throws InterruptedException {
        try {
            destination.ask(deadline);
            return null;
        } catch (TransportException e) {
            return Results.problem(WebAnswers.read(e));
        }
    }

    private @Nullable Problem post(Lead testLead) throws InterruptedException {
        DeliveryResult result = destination.deliver(testLead, deadline);
        return Results.problem(result);
    }
}
