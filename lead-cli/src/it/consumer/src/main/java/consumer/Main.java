package consumer;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** Sends one lead to a receiver in this process and says whether it arrived, and on which path it ran. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/leads", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/leads";
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("hook", "https", Map.of("httpsEndpointUrl", url))
                .build()) {
            DispatchReport report = dispatcher.send(Lead.builder()
                    .firstName("Ada")
                    .email("ada@example.com")
                    .source("AzureMarketplace-INS|contoso.app")
                    .build());
            boolean arrived = report.at("hook") instanceof Outcome.Delivered;
            boolean named = Main.class.getModule().isNamed() && Lead.class.getModule().isNamed();
            System.out.println((arrived ? "delivered" : "NOT delivered") + " on the " + (named ? "module" : "class")
                    + " path");
        } finally {
            receiver.stop(0);
        }
    }
}
