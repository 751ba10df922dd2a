package io.leaddispatch;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A host's rule about which leads a destination must not get. Pure; safe for use by many threads. */
@FunctionalInterface
public interface LeadPolicy {

    /** Why this destination must not get this lead, or null if it may. */
    @Nullable Problem reasonToSuppress(Lead lead, String destination);

    /**
     * The marketplace's privacy rule: no lead whose e-mail address is in a domain with the last label {@code edu}, any
     * sub-domain, any case. {@code edu.au} and the like are not meant.
     *
     * @see <a href="https://learn.microsoft.com/partner-center/referrals/lead-management-faq">Lead management FAQ</a>
     */
    static LeadPolicy suppressEdu() {
        return suppress(PolicyProblems.EDU, LeadPolicy::isEdu);
    }

    /** No lead whose customer is not to be contacted ({@link Action#DNC}). */
    static LeadPolicy suppressDoNotContact() {
        return suppress(PolicyProblems.DO_NOT_CONTACT, Lead::doNotContact);
    }

    /** No lead that the rule holds for. */
    static LeadPolicy suppress(ProblemType reason, Predicate<Lead> rule) {
        Objects.requireNonNull(rule, "rule");
        Problem problem = reason.problem();
        return (lead, destination) -> rule.test(lead) ? problem : null;
    }

    private static boolean isEdu(Lead lead) {
        String email = lead.contact().email();
        if (email == null) {
            return false;
        }
        int last = (email.endsWith(".") ? email.length() - 1 : email.length()) - "edu".length();
        int domain = email.lastIndexOf('@') + 1;
        return last >= domain
                && email.regionMatches(true, last, "edu", 0, "edu".length())
                && (last == domain || email.charAt(last - 1) == '.');
    }
}
