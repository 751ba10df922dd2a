package io.leaddispatch.cli;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.config.ConfigSection;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.https.LeadReceiver;
import io.leaddispatch.outbox.LeadOutbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lead serve}: the front door with a dispatcher behind it. */
@Command(
        name = "serve",
        description =
                "Takes leads by HTTP as the marketplace posts them, stores each in the outbox before it answers, and"
                        + " delivers them. Stands behind a proxy that ends TLS, or ends it itself.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  lead serve --config lead.json --key-file key.txt --port 8080",
            "",
            "GET /health answers 200 while the store answers, else 503. SIGTERM closes the door in order."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int THREADS = 64;
    /** For /health, however slow the senders are. */
    private static final int KEPT_FREE = 8;

    private static final int SECONDS_TO_END = 2;
    /** Seconds a sender may take for a whole request. */
    private static final String MOST_SECONDS = "30";

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "A configuration with destinations and an outbox.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "The address to listen at, by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String host;

    @Option(names = "--port", defaultValue = "8080", description = "The port, by default ${DEFAULT-VALUE}; 0 for any.")
    private int port;

    @Option(
            names = "--path",
            defaultValue = "/leads",
            description = "Where leads are posted, by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String path;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Take leads only by URLs with ?key= and what this file holds.")
    private @Nullable Path keyFile;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description =
                    "Take only leads that are signed (Standard Webhooks) with a secret in this file, whsec_..., one a"
                            + " line, up to 4.")
    private @Nullable Path webhookSecretFile;

    @Option(names = "--tls-keystore", paramLabel = "FILE", description = "A PKCS#12 file with certificate and key.")
    private @Nullable Path keystore;

    @Option(names = "--tls-password-file", paramLabel = "FILE", description = "What opens that file.")
    private @Nullable Path keystorePassword;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CountDownLatch end = new CountDownLatch(1);

    private ServeCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        LeadConfig config = LeadConfig.read(file);
        config.warnings().forEach(warning -> err.println("note: " + warning));
        ConfigSection section = OutboxOption.section(config);
        System.setProperty("sun.net.httpserver.maxReqTime", MOST_SECONDS);
        LeadOutbox outbox = LeadOutbox.open(section);
        LeadDispatcher dispatcher =
                LeadDispatcher.builder().config(config).queue(outbox.queue()).build();
        Health health = new Health(() -> outbox.queue().pauses().isEmpty());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        HttpServer server = null;
        try {
            server = start(receiver(dispatcher), health, threads);
            out.println("Listening at " + (keystore == null ? "http" : "https") + "://" + host + ":"
                    + server.getAddress().getPort() + path);
            out.flush();
            awaitEnd(server, threads, dispatcher);
            return ExitCodes.ALL_WELL;
        } finally {
            close(server, threads, dispatcher);
        }
    }

    private LeadReceiver receiver(LeadDispatcher dispatcher) throws IOException {
        LeadReceiver receiver = LeadReceiver.into(lead -> {
            DispatchReport report = dispatcher.enqueue(lead);
            if (report.isUnrouted()) {
                throw new IllegalStateException("no route matches the lead");
            }
        });
        if (keyFile != null) {
            receiver = receiver.withKey(SecretFile.one(keyFile));
        }
        return webhookSecretFile == null
                ? receiver
                : receiver.withWebhookSecrets(
                        SecretFile.several(webhookSecretFile, line -> line.startsWith("whsec_") && line.length() > 30));
    }

    private HttpServer start(LeadReceiver receiver, Health health, ExecutorService threads) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
        HttpServer server = keystore == null
                ? HttpServer.create(address, 0)
                : FrontDoorTls.server(address, keystore, keystorePassword);
        server.setExecutor(threads);
        server.createContext(path, new Doorway(receiver.handler(), THREADS - KEPT_FREE));
        server.createContext("/health", health);
        server.start();
        return server;
    }

    @SuppressWarnings("try") // it is there for its end
    private void awaitEnd(HttpServer server, ExecutorService threads, LeadDispatcher dispatcher)
            throws InterruptedException {
        try (AtEnd unused = AtEnd.of(() -> {
            close(server, threads, dispatcher);
            end.countDown();
        })) {
            end.await();
        }
    }

    /** First the door, then what is in flight; the rest stays in the outbox. */
    private static void close(@Nullable HttpServer server, ExecutorService threads, LeadDispatcher dispatcher) {
        if (server != null) {
            server.stop(SECONDS_TO_END);
        }
        threads.shutdown();
        dispatcher.close();
    }
}
