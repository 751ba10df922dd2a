package io.leaddispatch.config;

import io.leaddispatch.LeadPolicy;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which leads are kept back on purpose: the key {@code policy}. Immutable.
 *
 * @param edu what becomes of leads with an e-mail address in a domain that ends in {@code edu}
 * @param dnc what becomes of leads whose customer is not to be contacted
 */
public record PolicyConfig(Edu edu, DoNotContact dnc) {

    /** What becomes of leads with an e-mail address in a domain that ends in {@code edu}. */
    public enum Edu {
        /** They are kept back: the marketplace's privacy rule. */
        SUPPRESS,
        /** They are delivered like others. */
        DELIVER
    }

    /** What becomes of leads whose customer is not to be contacted. */
    public enum DoNotContact {
        /** They are delivered, with do-not-contact flags where the destination has them. */
        FLAG,
        /** They are kept back. */
        SUPPRESS
    }

    static final Setting<Edu> EDU = Setting.choice("edu", Edu.class)
            .or(Edu.SUPPRESS)
            .doc("Whether leads with an e-mail address in a domain that ends in edu are kept back or delivered.");
    static final Setting<DoNotContact> DNC = Setting.choice("dnc", DoNotContact.class)
            .or(DoNotContact.FLAG)
            .doc("Whether leads that say do not contact (DNC) are delivered with that flag or kept back.");
    static final List<Setting<?>> ALL = List.of(EDU, DNC);

    /** What holds when nothing is set. */
    public static final PolicyConfig DEFAULT = from(new CheckedSettings(Map.of()));

    /** Checks that nothing is missing. */
    public PolicyConfig {
        Objects.requireNonNull(edu, "edu");
        Objects.requireNonNull(dnc, "dnc");
    }

    static PolicyConfig from(Settings settings) {
        return new PolicyConfig(settings.get(EDU), settings.get(DNC));
    }

    /** The rules that keep leads back, in the order in which they are asked; maybe empty. */
    public List<LeadPolicy> rules() {
        List<LeadPolicy> rules = new ArrayList<>();
        if (edu == Edu.SUPPRESS) {
            rules.add(LeadPolicy.suppressEdu());
        }
        if (dnc == DoNotContact.SUPPRESS) {
            rules.add(LeadPolicy.suppressDoNotContact());
        }
        return List.copyOf(rules);
    }
}
