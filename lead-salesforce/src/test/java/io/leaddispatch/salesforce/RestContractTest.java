package io.leaddispatch.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.Group;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** Mode rest keeps to the contract, by upsert and by plain create. */
class RestContractTest {
    @Nested
    class Upsert extends RestContract {
        @Override
        protected Map<String, ?> settings(URI server) {
            return rest(server, "upsert");
        }
    }

    @Nested
    class Create extends RestContract {
        @Override
        protected Map<String, ?> settings(URI server) {
            return rest(server, "create");
        }

        @Override
        protected Map<Group, String> doesNotApply() {
            return Map.of(Group.REPEATED_LEAD, "a plain create carries no key, a repeat is not safe");
        }
    }

    private abstract static class RestContract extends LeadDestinationContract {
        @Override
        protected LeadDestinationProvider provider() {
            return new SalesforceDestinationProvider();
        }

        @Override
        protected Map<String, ?> wrongSettings() {
            return Map.of("loginUrl", "http://canary-host.example", "instanceUrl", "http://canary-instance.example");
        }

        @Override
        protected List<String> secrets() {
            return List.of("CANARY-token");
        }

        @Override
        protected Path documentation() {
            return Path.of("..", "docs", "salesforce.md");
        }

        @Override
        protected Vendor vendor() {
            return new Org();
        }
    }

    private static Map<String, ?> rest(URI server, String operation) {
        return Map.of(
                "mode", "rest",
                "loginUrl", server.toString(),
                "auth", "client-credentials",
                "clientId", "client",
                "clientSecret", "CANARY-secret",
                "operation", operation);
    }

    /** Answers as sObject Collections does. */
    private static final class Org implements Vendor {
        private static final JsonMapper JSON = new JsonMapper();

        @Override
        public Kind kind(ReceivedRequest request) {
            if (request.target().equals("/services/oauth2/token")) {
                return Kind.TOKEN;
            }
            return request.method().equals("GET") ? Kind.READ : Kind.WRITE;
        }

        @Override
        public Answer token(ReceivedRequest request, int number) {
            return Answer.json(
                    200,
                    "{\"access_token\":\"CANARY-token-" + number + "\",\"instance_url\":\"http://"
                            + request.header("Host") + "\",\"token_type\":\"Bearer\"}");
        }

        @Override
        public Answer read(ReceivedRequest request, List<Lead> stored) {
            String fields = "FirstName 40 string,LastName 80 string,Email 80 email,Phone 40 phone,Company 255 string,"
                    + "Title 128 string,Country 80 string,Description 32000 textarea,LeadSource 40 picklist,"
                    + "Marketplace_Lead_Id__c 128 string";
            return Answer.json(
                    200,
                    List.of(fields.split(",")).stream()
                            .map(field -> field.split(" "))
                            .map(field ->
                                    "{\"name\":\"" + field[0] + "\",\"length\":" + field[1] + ",\"type\":\"" + field[2]
                                            + "\",\"createable\":true,\"updateable\":true,\"unique\":true,\"externalId\":"
                                            + field[0].endsWith("__c") + "}")
                            .collect(Collectors.joining(",", "{\"fields\":[", "]}")));
        }

        @Override
        public Answer answer(Write write) {
            boolean upsert = write.request().method().equals("PATCH");
            return Answer.json(
                    200,
                    write.entries().stream()
                            .map(entry -> item(entry, upsert))
                            .collect(Collectors.joining(",", "[", "]")));
        }

        private static String item(Entry entry, boolean upsert) {
            if (entry.bad()) {
                return "{\"success\":false,\"errors\":[{\"statusCode\":\"FIELD_CUSTOM_VALIDATION_EXCEPTION\","
                        + "\"message\":\"refused: " + entry.lead().contact().email() + "\",\"fields\":[]}]}";
            }
            String created = upsert ? ",\"created\":" + !entry.known() : "";
            return "{\"id\":\"00Q5g00000AAAAAAA1\",\"success\":true,\"errors\":[]" + created + "}";
        }

        @Override
        public Answer throttled(Duration retryAfter) {
            return Answer.of(429).with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        }

        @Override
        public Answer refusedCredentials(ReceivedRequest request) {
            return kind(request) == Kind.TOKEN
                    ? Answer.json(
                            400, "{\"error\":\"invalid_client\",\"error_description\":\"invalid client credentials\"}")
                    : Answer.json(
                            401, "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]");
        }

        @Override
        public String key(ReceivedRequest write, Lead lead) {
            try {
                for (JsonNode record : JSON.readTree(write.body()).path("records")) {
                    if (record.path("Email").asText().equals(lead.contact().email())) {
                        return record.path("Marketplace_Lead_Id__c").asText(null);
                    }
                }
                return null;
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
