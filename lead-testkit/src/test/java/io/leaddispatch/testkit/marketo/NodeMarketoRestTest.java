package io.leaddispatch.testkit.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.testkit.NodeTool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that nobody here wrote understands the simulator: node-marketo-rest, which knows lead synchronisation. */
class NodeMarketoRestTest {
    private static final Path PINNED = Path.of("src", "test", "node", "marketo");
    private static NodeTool node;

    private final MarketoSimulator marketo = MarketoSimulator.start();

    @BeforeAll
    static void install() throws Exception {
        node = NodeTool.install(PINNED, Path.of("target", "node", "marketo"));
    }

    @AfterEach
    void stop() {
        marketo.close();
    }

    private JsonNode sync(String secret, int first, int count) throws Exception {
        Process process = node.node(List.of(
                PINNED.resolve("leads.js").toAbsolutePath().toString(),
                marketo.uri().toString(),
                MarketoSimulator.CLIENT_ID,
                secret,
                Integer.toString(first),
                Integer.toString(count)));
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        String last = output.lines().filter(line -> line.startsWith("{")).reduce("", (a, b) -> b);
        assertThat(last).as(output).isNotEmpty();
        return new ObjectMapper().readTree(last);
    }

    private JsonNode sync(int first, int count) throws Exception {
        return sync(MarketoSimulator.CLIENT_SECRET, first, count);
    }

    @Test
    void itReadsWhatBecameOfEachPerson() throws Exception {
        JsonNode answer = sync(0, 300);
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("result")).hasSize(300);
        assertThat(answer.at("/result/0/status").asText()).isEqualTo("created");
        assertThat(answer.at("/result/299/reasons/0/code").asText()).isEqualTo("1003");
        assertThat(marketo.size()).isEqualTo(299);
        assertThat(marketo.people().get(0)).containsEntry("firstName", "Zoë");
        assertThat(sync(0, 2).at("/result/0/status").asText()).isEqualTo("updated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"602", "606", "611"})
    void itRecoversFromWhatItKnows(String code) throws Exception {
        marketo.failNext(code, 1);
        assertThat(sync(0, 3).path("success").asBoolean()).isTrue();
        assertThat(marketo.size()).isEqualTo(2);
        assertThat(marketo.calls()).isEqualTo(2);
    }

    @Test
    void itSeesItsCredentialsRefusedAndACallThatIsTooLarge() throws Exception {
        assertThat(sync("wrong", 0, 2).has("failed")).isTrue();
        assertThat(sync(0, 301).at("/failed/0/code").asText()).isEqualTo("1003");
        assertThat(marketo.size()).isZero();
    }
}
