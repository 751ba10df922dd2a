package io.leaddispatch.dynamics;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Dataverse and its directory in their own words, for the contract. */
final class DataverseVendor implements Vendor {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String USER = "9a1d6b1e-0000-4000-8000-0000000000aa";
    private static final String DUPLICATE =
            "{\"error\":{\"code\":\"0x80040237\",\"message\":\"A record with matching key values already exists.\"}}";
    private static final String REFUSED =
            "{\"error\":{\"code\":\"0x80040265\",\"message\":\"The customer's plug-in refuses the lead.\"}}";

    @Override
    public Kind kind(ReceivedRequest request) {
        if (request.target().endsWith("/oauth2/v2.0/token")) {
            return Kind.TOKEN;
        }
        return request.method().equals("GET") ? Kind.READ : Kind.WRITE;
    }

    @Override
    public Answer token(ReceivedRequest request, int number) {
        return Answer.json(
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"CANARY-token-" + number + "\"}");
    }

    @Override
    public Answer read(ReceivedRequest request, List<Lead> stored) {
        if (request.header("Authorization").isEmpty()) {
            return refusedCredentials(request);
        }
        String target = request.target();
        if (target.endsWith("WhoAmI()")) {
            return Answer.json(200, "{\"UserId\":\"" + USER + "\"}");
        }
        if (target.contains("RetrieveUserPrivilegeByPrivilegeName")) {
            return Answer.json(200, "{\"RolePrivileges\":[{\"PrivilegeName\":\"prvCreateLead\"}]}");
        }
        if (target.contains("EntityDefinitions")) {
            return Answer.json(200, "{\"value\":[" + attributes() + "]}");
        }
        return Answer.json(200, "{\"leadid\":\"" + USER + "\"}");
    }

    private static String attributes() {
        List<String> others = List.of("leadsourcecode", "donotemail", "donotphone", "donotbulkemail");
        return java.util.stream.Stream.concat(LeadColumns.LENGTHS.keySet().stream(), others.stream())
                .map(name -> "{\"LogicalName\":\"" + name + "\",\"MaxLength\":"
                        + LeadColumns.LENGTHS.getOrDefault(name, 0) + ",\"IsSecured\":false}")
                .collect(Collectors.joining(","));
    }

    @Override
    public Answer answer(Write write) {
        String target = write.request().target();
        if (target.endsWith(".CreateMultiple")) {
            return transaction(write);
        }
        if (target.endsWith("$batch")) {
            return batch(write);
        }
        Entry entry = write.entries().get(0);
        if (entry.bad()) {
            return Answer.json(400, REFUSED);
        }
        return entry.known()
                ? Answer.json(412, DUPLICATE)
                : Answer.of(204)
                        .with(
                                "OData-EntityId",
                                "https://o/api/data/v9.2/leads(" + key(write.request(), entry.lead()) + ")");
    }

    private Answer transaction(Write write) {
        if (write.anyBad() || write.anyKnown()) {
            return write.anyBad() ? Answer.json(400, REFUSED) : Answer.json(412, DUPLICATE);
        }
        return Answer.json(
                200,
                write.entries().stream()
                        .map(entry -> '"' + key(write.request(), entry.lead()) + '"')
                        .collect(Collectors.joining(",", "{\"Ids\":[", "]}")));
    }

    private Answer batch(Write write) {
        StringBuilder parts = new StringBuilder();
        for (Entry entry : write.entries()) {
            parts.append("--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            parts.append(
                    entry.bad()
                            ? "HTTP/1.1 400 Bad Request\r\n\r\n" + REFUSED
                            : entry.known()
                                    ? "HTTP/1.1 412 Precondition Failed\r\n\r\n" + DUPLICATE
                                    : "HTTP/1.1 204 No Content\r\nOData-EntityId: https://o/api/data/v9.2/leads("
                                            + key(write.request(), entry.lead()) + ")\r\n\r\n");
            parts.append("\r\n");
        }
        return Answer.of(200)
                .with("Content-Type", "multipart/mixed; boundary=b")
                .with(parts.append("--b--\r\n").toString());
    }

    @Override
    public Answer throttled(Duration retryAfter) {
        return Answer.json(
                        429,
                        "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded the limit of 6000"
                                + " over time window of 300 seconds.\"}}")
                .with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Answer refusedCredentials(ReceivedRequest request) {
        return Answer.of(401)
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=https://login.example/" + USER + "/oauth2/authorize");
    }

    @Override
    public boolean isAtomic(ReceivedRequest write) {
        return write.target().endsWith(".CreateMultiple");
    }

    /** The last id before the lead's own address. */
    @Override
    public String key(ReceivedRequest write, Lead lead) {
        int end = Math.max(0, position(write, lead));
        String before = write.target() + write.body().substring(0, end);
        Matcher ids = ID.matcher(before);
        String last = null;
        while (ids.find()) {
            last = ids.group();
        }
        return last;
    }
}
