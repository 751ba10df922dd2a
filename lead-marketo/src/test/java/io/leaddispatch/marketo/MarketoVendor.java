package io.leaddispatch.marketo;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Marketo's answers, word by word, for the contract of destinations. */
final class MarketoVendor implements Vendor {
    private static final List<String> FIELDS = Stream.concat(
                    LeadRecord.REST_FIELDS.keySet().stream(), Stream.of("unsubscribed", "doNotCall"))
            .toList();

    @Override
    public Kind kind(ReceivedRequest request) {
        return request.target().startsWith("/identity/")
                ? Kind.TOKEN
                : request.method().equals("GET") ? Kind.READ : Kind.WRITE;
    }

    @Override
    public Answer token(ReceivedRequest request, int number) {
        return Answer.json(
                200,
                "{\"access_token\":\"CANARY-token-" + number + ":int\",\"token_type\":\"bearer\",\"expires_in\":3599,"
                        + "\"scope\":\"apis@acmeinc.com\"}");
    }

    @Override
    public Answer read(ReceivedRequest request, List<Lead> stored) {
        boolean form = request.target().contains("/form/");
        String result = FIELDS.stream()
                .map(name -> form ? "{\"id\":\"" + page(name) + "\"}" : described(name))
                .collect(Collectors.joining(","));
        return Answer.json(200, "{\"requestId\":\"a#1\",\"result\":[" + result + "],\"success\":true}");
    }

    private static String page(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String described(String name) {
        return "{\"rest\":{\"name\":\"" + name + "\"},\"soap\":{\"name\":\"" + page(name) + "\"}}";
    }

    @Override
    public Answer answer(Write write) {
        String result = write.entries().stream().map(MarketoVendor::entry).collect(Collectors.joining(","));
        return Answer.json(200, "{\"requestId\":\"e42b#14272d07d78\",\"result\":[" + result + "],\"success\":true}");
    }

    private static String entry(Entry entry) {
        return entry.bad()
                ? "{\"status\":\"skipped\",\"reasons\":[{\"code\":\"1003\",\"message\":\"Invalid value for field"
                        + " 'lastName' and value '" + entry.lead().contact().lastName() + "'\"}]}"
                : "{\"id\":" + (entry.lead().hashCode() & 0xffff) + ",\"status\":\""
                        + (entry.known() ? "updated" : "created") + "\"}";
    }

    @Override
    public Answer throttled(Duration retryAfter) {
        return error("606", "Max rate limit '100' exceeded with in '20' secs");
    }

    @Override
    public Answer refusedCredentials(ReceivedRequest request) {
        return error("602", "Access token expired");
    }

    private static Answer error(String code, String message) {
        return Answer.json(
                200,
                "{\"requestId\":\"a9#2\",\"success\":false,\"errors\":[{\"code\":\"" + code + "\",\"message\":\""
                        + message + "\"}]}");
    }

    @Override
    public String key(ReceivedRequest write, Lead lead) {
        String email = lead.contact().email();
        return email != null && write.body().contains("\"email\":\"" + email + "\"") ? email : null;
    }
}
