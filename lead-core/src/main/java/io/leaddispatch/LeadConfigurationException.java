package io.leaddispatch;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A configuration cannot be used. Names every fault at once, by path, never by value. */
public final class LeadConfigurationException extends LeadException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** @param faults all that is wrong, at least one */
    public LeadConfigurationException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), null);
        this.faults = List.copyOf(faults);
    }

    /** A configuration with one fault. */
    public static LeadConfigurationException of(String path, String what) {
        return new LeadConfigurationException(List.of(new Fault(path, what)));
    }

    /** All that is wrong, at least one, in the order of the configuration. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One thing that is wrong.
     *
     * @param path where, such as {@code destinations.crm.settings.objectIdentifier}; a bare key inside a provider
     * @param what the fault and its mend, as in "is missing" or "not a duration (example: 10s)"; never the value
     */
    public record Fault(String path, String what) {
        /** Checks that nothing is missing. */
        public Fault {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(what, "what");
        }

        /** The same fault, seen from further out. */
        public Fault under(String parent) {
            return new Fault(path.isEmpty() ? parent : parent + "." + path, what);
        }

        @Override
        public String toString() {
            return path + ": " + what;
        }
    }
}
