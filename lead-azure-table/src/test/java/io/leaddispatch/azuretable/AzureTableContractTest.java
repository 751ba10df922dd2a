package io.leaddispatch.azuretable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.Group;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class AzureTableContractTest extends LeadDestinationContract {
    private static final String KEY = "Q0FOQVJZLUtFWS1DQU5BUlk=";

    @Override
    protected LeadDestinationProvider provider() {
        return new AzureTableDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return Map.of(
                "storageAccountConnectionString",
                "AccountName=contosoleads;AccountKey=" + KEY + ";TableEndpoint=" + server);
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of(
                "storageAccountConnectionString",
                "AccountName=contosoleads;AccountKey=canary-key",
                "fields",
                Map.of("canary-column", "x"));
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    protected Map<Group, String> doesNotApply() {
        return Map.of(Group.TOKENS, "every call is signed, nothing is fetched");
    }

    @Override
    protected Path documentation() {
        return Path.of("..", "docs", "azure-table.md");
    }

    @Override
    protected Vendor vendor() {
        return new TableService();
    }

    /** Answers in the service's words. */
    private static final class TableService implements Vendor {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final LeadRecord RECORD = LeadRecord.of(Map.of(), OnTooLong.CUT);

        private static boolean isTransaction(ReceivedRequest request) {
            return request.target().contains("$batch");
        }

        @Override
        public Kind kind(ReceivedRequest request) {
            return request.method().equals("GET") || request.target().startsWith("/Tables") ? Kind.READ : Kind.WRITE;
        }

        @Override
        public Answer read(ReceivedRequest request, List<Lead> stored) {
            List<Map<String, Object>> rows =
                    stored.stream().map(TableService::row).toList();
            if (!request.target().contains("RowKey=")) {
                return Answer.json(200, json(Map.of("value", rows)));
            }
            return rows.isEmpty()
                    ? refusal(404, "ResourceNotFound")
                    : Answer.json(200, json(rows.get(rows.size() - 1)));
        }

        private static Map<String, Object> row(Lead lead) {
            Row row = RECORD.of(lead);
            Map<String, Object> entity = new LinkedHashMap<>(row.columns());
            entity.put("PartitionKey", row.partition());
            entity.put("RowKey", row.key());
            return entity;
        }

        private static String json(Object value) {
            try {
                return JSON.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Answer answer(Write write) {
            List<Entry> entries = write.entries();
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (entry.bad() || entry.known()) {
                    int status = entry.bad() ? 400 : 409;
                    String code = entry.bad() ? "PropertyValueTooLarge" : "EntityAlreadyExists";
                    return isTransaction(write.request())
                            ? transaction(part(status, i, error(code, i + ":No.")))
                            : refusal(status, code);
                }
            }
            return isTransaction(write.request())
                    ? transaction(part(204, 0, "").repeat(entries.size()))
                    : Answer.of(204);
        }

        private static Answer transaction(String parts) {
            return Answer.of(202)
                    .with("Content-Type", "multipart/mixed; boundary=batchresponse_1")
                    .with("--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
                            + parts + "--changesetresponse_1--\r\n--batchresponse_1--\r\n");
        }

        private static String part(int status, int index, String body) {
            return "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                    + "HTTP/1.1 " + status + " Part\r\nContent-ID: " + index + "\r\nDataServiceVersion: 3.0;\r\n"
                    + "Content-Type: application/json;odata=minimalmetadata\r\n\r\n" + body + "\r\n";
        }

        private static String error(String code, String message) {
            return "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + message
                    + "\"}}}";
        }

        private static Answer refusal(int status, String code) {
            return Answer.json(status, error(code, "No.")).with("x-ms-error-code", code);
        }

        @Override
        public Answer throttled(Duration retryAfter) {
            return refusal(503, "ServerBusy").with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        }

        @Override
        public Answer refusedCredentials(ReceivedRequest request) {
            return Answer.of(403)
                    .with("Content-Type", "application/xml")
                    .with("<?xml version=\"1.0\"?><error><code>AuthenticationFailed</code></error>");
        }

        @Override
        public boolean isAtomic(ReceivedRequest write) {
            return true;
        }

        @Override
        public String key(ReceivedRequest write, Lead lead) {
            String row = RowKeys.row(lead);
            return write.body().contains(row) ? row : null;
        }
    }
}
