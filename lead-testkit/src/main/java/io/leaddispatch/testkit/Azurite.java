package io.leaddispatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Azurite, Microsoft's emulator of Azure Storage, with its table service alone and all data in memory. One for the whole
 * test run, on a port of its own. Safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/azure/storage/common/storage-use-azurite">Azurite</a>
 */
public final class Azurite implements AutoCloseable {
    /** The emulator's account. */
    public static final String ACCOUNT = "devstoreaccount1";

    /** The emulator's public key. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String SCRIPT = "node_modules/azurite/dist/src/table/main.js";
    private static final String READY = "Azurite Table service successfully started";

    /** Its line about each request: {@code 127.0.0.1 - - [time] "POST /account/table HTTP/1.1" 204 -}. */
    private static final String REQUEST = " HTTP/1.1\" ";

    private final NodeServer server;
    private final AtomicLong requests = new AtomicLong();

    private Azurite(NodeServer server) {
        this.server = server;
        server.listen(line -> {
            if (line.contains(REQUEST)) {
                requests.incrementAndGet();
            }
        });
    }

    /**
     * Installs it if need be and starts it.
     *
     * @param pinned the folder with the lock file, see {@link NodeTool#install}
     * @param into where to install it
     */
    public static Azurite start(Path pinned, Path into) throws IOException, InterruptedException {
        NodeTool tool = NodeTool.install(pinned, into);
        return new Azurite(tool.serve(READY, Azurite::arguments));
    }

    private static List<String> arguments(int port) {
        return List.of(
                SCRIPT,
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                Integer.toString(port),
                "--inMemoryPersistence",
                "--disableTelemetry");
    }

    /** The one of this test run, started by whoever asks first and stopped when the last test has ended. */
    public static Azurite of(ExtensionContext test, Path pinned, Path into) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(Azurite.class))
                .computeIfAbsent(Azurite.class, key -> startUnchecked(pinned, into), Azurite.class);
    }

    private static Azurite startUnchecked(Path pinned, Path into) {
        try {
            return start(pinned, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Azurite was to start", e);
        }
    }

    /** The address of the account's tables. */
    public String endpoint() {
        return server.uri() + "/" + ACCOUNT;
    }

    /** How to connect. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";TableEndpoint="
                + endpoint() + ";";
    }

    /** How many requests it has logged so far: each a moment after its answer. */
    public long requests() {
        return requests.get();
    }

    /** Stops it. */
    @Override
    public void close() {
        server.close();
    }
}
