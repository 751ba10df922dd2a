package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The steps of a check that look at privileges and columns, as far as the role may. Used once. */
final class SchemaCheck {
    private static final String METADATA = "EntityDefinitions(LogicalName='lead')/Attributes";
    private static final String LENGTHS = METADATA + "/Microsoft.Dynamics.CRM.%s?$select=LogicalName,MaxLength";
    private static final String BIND = "@odata.bind";
    private static final String UNSEEN = "the role may not look: the test lead will tell";

    /** Asks for a path below the Web API. */
    interface Asks {
        HttpAnswer get(String path) throws IOException, InterruptedException;
    }

    private final Asks asks;
    private final DynamicsAnswers answers;
    private final VerifySettings settings;
    private final Map<String, Integer> lengths = new HashMap<>();

    SchemaCheck(Asks asks, DynamicsAnswers answers, VerifySettings settings) {
        this.asks = asks;
        this.answers = answers;
        this.settings = settings;
    }

    /** The lengths of text columns that the environment gave, or the operator's where those are shorter; maybe none. */
    Map<String, Integer> lengths() {
        return lengths;
    }

    /**
     * Whether the user may create leads and set their columns.
     *
     * @param userId the user's id
     */
    Found privileges(String userId) throws IOException, InterruptedException {
        String user = "systemusers(" + userId + ")/Microsoft.Dynamics.CRM.";
        HttpAnswer create = asks.get(user + "RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvCreateLead')");
        JsonNode held = seen(create, "RolePrivileges");
        if (held != null && held.isEmpty()) {
            return Found.failed(DynamicsProblems.LEAD_ROLE_MISSING.problem("missing prvCreateLead"));
        }
        Problem serious = serious(create);
        if (serious != null) {
            return Found.failed(serious);
        }
        JsonNode attributes = seen(asks.get(METADATA + "?$select=LogicalName,MetadataId,IsSecured"), "value");
        List<String> guarded = attributes == null ? List.of() : guarded(attributes, user);
        if (!guarded.isEmpty()) {
            return Found.failed(DynamicsProblems.LEAD_ROLE_MISSING.problem(
                    "no create permission for the secured columns " + String.join(", ", guarded)));
        }
        return held == null || attributes == null ? Found.advice(UNSEEN) : Found.WELL;
    }

    /** Our columns that column security guards and the user may not set. */
    private List<String> guarded(JsonNode attributes, String user) throws IOException, InterruptedException {
        Map<String, String> secured = new HashMap<>();
        for (JsonNode attribute : attributes) {
            String name = attribute.path("LogicalName").asText();
            if (attribute.path("IsSecured").asBoolean() && settings.columns().contains(name)) {
                secured.put(attribute.path("MetadataId").asText(), name);
            }
        }
        if (secured.isEmpty()) {
            return List.of();
        }
        JsonNode allowed = seen(asks.get(user + "RetrievePrincipalAttributePrivileges()"), "AttributePrivileges");
        if (allowed == null) {
            return List.of();
        }
        for (JsonNode one : allowed) {
            if (one.path("CanCreate").asInt() != 0) {
                secured.remove(one.path("AttributeId").asText());
            }
        }
        return List.copyOf(new TreeSet<>(secured.values()));
    }

    /** Whether the columns exist; reads their lengths. */
    Found columns() throws IOException, InterruptedException {
        HttpAnswer answer = asks.get(METADATA + "?$select=LogicalName");
        Problem serious = serious(answer);
        if (serious != null) {
            return Found.failed(serious);
        }
        JsonNode attributes = seen(answer, "value");
        if (attributes == null) {
            return Found.advice(UNSEEN + "; the standard lengths are used");
        }
        TreeSet<String> missing = new TreeSet<>(settings.columns());
        TreeSet<String> there = new TreeSet<>();
        attributes.forEach(attribute -> there.add(attribute.path("LogicalName").asText()));
        missing.removeIf(column -> there.contains(column) || isBound(column, there));
        if (!missing.isEmpty()) {
            return Found.failed(DynamicsProblems.COLUMN_MISSING.problem(String.join(", ", missing)));
        }
        for (String type : List.of("StringAttributeMetadata", "MemoAttributeMetadata")) {
            HttpAnswer read = asks.get(String.format(LENGTHS, type));
            serious = serious(read);
            if (serious != null) {
                return Found.failed(serious);
            }
            readLengths(seen(read, "value"));
        }
        return columnsAdvice();
    }

    private Found columnsAdvice() {
        List<String> advice = new ArrayList<>(2);
        if (lengths.isEmpty()) {
            advice.add("their lengths cannot be read: the standard ones are used");
        }
        TreeSet<String> bound = new TreeSet<>(settings.columns());
        bound.removeIf(column -> !column.contains(BIND));
        if (!bound.isEmpty()) {
            advice.add("whether upper and lower case are right in " + String.join(", ", bound)
                    + " the test lead will tell");
        }
        return advice.isEmpty() ? Found.WELL : Found.advice(String.join("; ", advice));
    }

    /** A reference is written by its navigation property, whose case may differ from its column's. */
    private static boolean isBound(String column, Set<String> there) {
        int at = column.indexOf(BIND);
        return at > 0 && there.contains(column.substring(0, at).toLowerCase(Locale.ROOT));
    }

    private void readLengths(@Nullable JsonNode attributes) {
        if (attributes != null) {
            for (JsonNode attribute : attributes) {
                String name = attribute.path("LogicalName").asText();
                int most = attribute.path("MaxLength").asInt();
                if (most > 0) {
                    lengths.put(name, Math.min(most, settings.columnLengths().getOrDefault(name, most)));
                }
            }
        }
    }

    /** The array of that name in an answer, or null if the role may not see it or it is not there. */
    private static @Nullable JsonNode seen(HttpAnswer answer, String name) {
        JsonNode root = answer.isSuccess() ? DataverseError.json(answer.body()) : null;
        JsonNode array = root == null ? null : root.get(name);
        return array != null && array.isArray() ? array : null;
    }

    /** What is wrong with the user or the service rather than with looking there: 400 is for those who ask wrongly. */
    private @Nullable Problem serious(HttpAnswer answer) {
        boolean mayNotLook = answer.isSuccess() || List.of(400, 403, 404).contains(answer.status());
        return mayNotLook ? null : answers.problem(answer);
    }
}
