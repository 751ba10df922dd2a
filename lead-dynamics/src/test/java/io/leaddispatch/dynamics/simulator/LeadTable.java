package io.leaddispatch.dynamics.simulator;

import io.leaddispatch.dynamics.simulator.Environment.Refusal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.data.Property;

/** Dataverse's rules for writing leads, over the environment's table. */
final class LeadTable {
    private final Environment environment;

    LeadTable(Environment environment) {
        this.environment = environment;
    }

    /** One insert under that id. */
    synchronized UUID insert(UUID id, Entity lead) throws DataverseFault {
        Map<String, Object> columns = columns(lead);
        check(columns);
        if (environment.leads.containsKey(id)) {
            throw DataverseFault.duplicateKey();
        }
        store(id, columns);
        return id;
    }

    /** All or none. */
    synchronized List<UUID> insertAll(List<Entity> leads) throws DataverseFault {
        Map<UUID, Map<String, Object>> rows = new LinkedHashMap<>();
        for (Entity lead : leads) {
            UUID id = id(lead);
            Map<String, Object> columns = columns(lead);
            check(columns);
            if (environment.leads.containsKey(id) || rows.put(id, columns) != null) {
                throw DataverseFault.duplicateKey();
            }
        }
        rows.forEach(this::store);
        return List.copyOf(rows.keySet());
    }

    private void store(UUID id, Map<String, Object> columns) {
        environment.inserts.computeIfAbsent(id, ignored -> new AtomicInteger()).incrementAndGet();
        if (!environment.loses) {
            environment.leads.put(id, columns);
        }
    }

    static UUID id(Entity lead) {
        Property id = lead.getProperty("leadid");
        return id == null || id.getValue() == null ? UUID.randomUUID() : (UUID) id.getValue();
    }

    private static Map<String, Object> columns(Entity lead) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Property property : lead.getProperties()) {
            if (!property.getName().equals("leadid")) {
                columns.put(property.getName(), property.getValue());
            }
        }
        return columns;
    }

    private void check(Map<String, Object> columns) throws DataverseFault {
        if (!environment.mayCreate) {
            throw DataverseFault.createDenied();
        }
        Set<String> guarded = new LinkedHashSet<>(environment.secured);
        guarded.removeAll(environment.settable);
        guarded.retainAll(columns.keySet());
        if (!guarded.isEmpty()) {
            throw new DataverseFault(
                    403, "0x8004F502", "The user does not have create permissions to a secured field.");
        }
        Object code = columns.get("leadsourcecode");
        if (code != null && !environment.sourceCodes.isEmpty() && !environment.sourceCodes.contains(code)) {
            throw new DataverseFault(
                    400,
                    "0x8004431A",
                    "A validation error occurred. The value " + code
                            + " of 'leadsourcecode' on record of type 'lead' is" + " outside the valid range.");
        }
        Refusal refusal = environment.logic.apply(columns);
        if (refusal != null) {
            throw DataverseFault.of(refusal);
        }
    }
}
