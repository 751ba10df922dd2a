package io.leaddispatch.testkit.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.net.URLDecoder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST API by path. The simulator holds its lock and has checked the session. */
final class OrgRouter {
    private static final Pattern DATA = Pattern.compile("/services/data/v([0-9]+)\\.0(/.*)");
    private static final Pattern UPSERT_MANY = Pattern.compile("/composite/sobjects/Lead/(\\w+)");
    private static final Pattern UPSERT_ONE = Pattern.compile("/sobjects/Lead/(\\w+)/([^/]+)");
    private static final Pattern READ_ONE = Pattern.compile("/sobjects/Lead/(00Q\\w+)");
    private static final int FIRST_SERVED = 31; // [3.1 documented] up to 30 they are retired
    private static final int LAST_SERVED = 67; // [3.1 documented]

    private final LeadTable table;
    private final WriteDesk desk;
    private int firstServed = FIRST_SERVED;

    OrgRouter(LeadTable table) {
        this.table = table;
        this.desk = new WriteDesk(table);
    }

    void retireBefore(int version) {
        firstServed = version;
    }

    static String path(ReceivedRequest request) {
        String target = request.target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Answer answer(ReceivedRequest request) {
        Matcher data = DATA.matcher(path(request));
        if (!data.matches()) {
            return notFound();
        }
        int version = Integer.parseInt(data.group(1));
        if (version < firstServed) { // [3.1 documented] the status; [3.7] the code; [assumed] the text
            return OrgJson.refused(410, "UNSUPPORTED_API_VERSION", "This version of the API is retired");
        }
        if (version > LAST_SERVED) { // [assumed] status and text: no fact tells of versions to come
            return OrgJson.refused(404, "UNSUPPORTED_API_VERSION", "not served");
        }
        table.asAsked(request.header("Sforce-Auto-Assign"), request.header("Sforce-Duplicate-Rule-Header"));
        return switch (method(request)) {
            case "POST" -> post(request, data.group(2));
            case "PATCH" -> patch(request, data.group(2));
            default -> get(data.group(2));
        };
    }

    /** [6] Clients that cannot say PATCH say so in the query. */
    private static String method(ReceivedRequest request) {
        return request.target().contains("_HttpMethod=PATCH") ? "PATCH" : request.method();
    }

    private Answer post(ReceivedRequest request, String path) {
        if (path.equals("/composite/sobjects") || path.equals("/composite/sobjects/")) {
            return desk.create(request.body());
        }
        return path.equals("/sobjects/Lead") || path.equals("/sobjects/Lead/")
                ? desk.createOne(request.body(), "/services/data/v62.0/sobjects/Lead")
                : notFound();
    }

    private Answer patch(ReceivedRequest request, String path) {
        Matcher many = UPSERT_MANY.matcher(path);
        if (many.matches()) {
            return desk.upsert(request.body(), many.group(1));
        }
        if (path.equals("/composite/sobjects")) {
            return desk.update(request.body());
        }
        Matcher one = UPSERT_ONE.matcher(path);
        return one.matches()
                ? desk.upsertOne(
                        request.body(),
                        one.group(1),
                        URLDecoder.decode(one.group(2), UTF_8),
                        "/services/data/v62.0/sobjects/Lead")
                : notFound();
    }

    private Answer get(String path) {
        if (path.equals("/sobjects/Lead/describe") || path.equals("/sobjects/Lead/describe/")) {
            return OrgJson.answer(200, describe());
        }
        Matcher one = READ_ONE.matcher(path);
        OrgLead lead = one.matches() ? table.find(one.group(1)) : null;
        return lead == null ? notFound() : OrgJson.answer(200, read(lead));
    }

    private static ObjectNode read(OrgLead lead) {
        ObjectNode record = OrgJson.object();
        record.putObject("attributes").put("type", "Lead");
        record.put("Id", lead.id());
        lead.fields().forEach((name, value) -> record.putPOJO(name, value));
        return record;
    }

    /** [2 recorded] The part of a describe that clients read. */
    private ObjectNode describe() {
        ObjectNode describe = OrgJson.object();
        describe.put("name", "Lead")
                .put("label", "Lead")
                .put("keyPrefix", "00Q")
                .put("createable", true);
        ArrayNode fields = describe.putArray("fields");
        table.fields().forEach(field -> fields.add(describe(field)));
        return describe;
    }

    private static ObjectNode describe(OrgField field) {
        ObjectNode one = OrgJson.object();
        one.put("name", field.name())
                .put("label", field.name())
                .put("type", field.type())
                .put("length", field.length())
                .put("byteLength", 3 * field.length())
                .put("nillable", !field.required())
                .put("createable", field.writable())
                .put("updateable", field.writable())
                .put("externalId", field.externalId())
                .put("unique", field.unique())
                .put("idLookup", field.externalId())
                .put("restrictedPicklist", field.restricted());
        ArrayNode values = one.putArray("picklistValues");
        List<String> all = field.values();
        all.forEach(value ->
                values.addObject().put("active", true).put("label", value).put("value", value));
        return one;
    }

    /** [3.7 recorded] */
    private static Answer notFound() {
        return OrgJson.refused(404, "NOT_FOUND", "The requested resource does not exist");
    }
}
