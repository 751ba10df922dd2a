package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The guides in docs/embedding.md, run. */
class EmbeddingTest {
    @TempDir
    private Path folder;

    @Test
    void theProgramSendsOneLead() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        try (ScriptedServer server = ScriptedServer.start(identity)) {
            SendOne.main(new String[] {
                config(server.uri() + "/leads", identity.pem()).toString()
            });
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theServletHandsLeadsOn() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        try (ScriptedServer server = ScriptedServer.start(identity)) {
            Path config = config(server.uri() + "/leads", identity.pem());
            LeadServlet servlet = new LeadServlet();
            servlet.init(fake(ServletConfig.class, (proxy, method, arguments) -> config.toString()));
            assertThat(statuses(servlet, "{\"email\": \"ada@example.com\"}")).containsExactly(200);
            assertThat(statuses(servlet, "{\"email\": ")).containsExactly(400);
            assertThat(statuses(servlet, "x".repeat(70_000))).containsExactly(413);
            server.answer(422);
            assertThat(statuses(servlet, "{\"email\": \"grace@example.com\"}")).containsExactly(503);
            servlet.destroy();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void theBeanIsMadeAndClosed() throws Exception {
        Path config = config("https://example.com/leads", null);
        LeadDispatcher dispatcher;
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("lead.config", config.toString())));
            context.register(LeadDispatchConfiguration.class);
            context.refresh();
            dispatcher = context.getBean(LeadDispatcher.class);
            assertThat(dispatcher.destinations()).containsExactly("hook");
        }
        Lead lead = Lead.builder().email("ada@example.com").build();
        assertThat(dispatcher.send(lead).at("hook").toString()).contains("dispatcher.closed");
    }

    @Test
    void theBooksAreMeters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", LeadDestination.each(lead -> DeliveryResult.delivered(Confirmation.CREATED)))
                .build()) {
            new LeadMetrics(dispatcher).bindTo(registry);
            dispatcher.send(Lead.builder().email("ada@example.com").build());
            dispatcher.send(Lead.builder().email("ada@mit.edu").build());
            assertThat(registry.get("leads.delivered")
                            .tag("destination", "crm")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("leads.suppressed").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("leads.waiting").gauge().value()).isZero();
            assertThat(registry.get("leads.unrouted").functionCounter().count()).isZero();
        }
    }

    private Path config(String url, Path ca) throws IOException {
        String trust = ca == null ? "" : ", \"caFile\": \"" + ca + "\"";
        return Files.writeString(
                folder.resolve("lead.json"),
                "{\"destinations\": {\"hook\": {\"type\": \"https\", \"settings\": {\"httpsEndpointUrl\": \"" + url
                        + "\"" + trust + "}}}}");
    }

    private static List<Integer> statuses(LeadServlet servlet, String body) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        HttpServletRequest request =
                fake(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> new Body(body);
                    case "getMethod" -> "POST";
                    default -> null;
                });
        HttpServletResponse response = fake(HttpServletResponse.class, (proxy, method, arguments) -> {
            statuses.add((Integer) arguments[0]);
            return null;
        });
        servlet.service(request, response);
        return statuses;
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static final class Body extends ServletInputStream {
        private final InputStream bytes;

        Body(String text) {
            bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {}
    }
}
