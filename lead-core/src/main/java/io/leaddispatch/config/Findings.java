package io.leaddispatch.config;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, and what is only worth saying, while a configuration is read. */
final class Findings {
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    void fault(String path, String what) {
        faults.add(new Fault(path, what));
    }

    void warn(String path, String what) {
        warnings.add(path + ": " + what);
    }

    void warn(String what) {
        warnings.add(what);
    }

    int faults() {
        return faults.size();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(new ArrayList<>(faults));
        }
    }
}
