package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Assumptions;

/**
 * A tool for tests that runs on Node: npm packages that a committed lock file pins, installed once and then started as
 * often as wanted.
 *
 * <p>Where Node or npm is missing the test is skipped with a message that begins with "missing tool"; where the
 * environment has {@code LEAD_CI} it fails instead. Safe for use by many threads and processes.
 */
public final class NodeTool {
    private static final String LOCK = "package-lock.json";
    private static final List<String> PINNED = List.of("package.json", LOCK, ".npmrc");
    private static final String INSTALLED = ".installed-lock.json";
    private static final String ENDS_WITH_PARENT = "ends-with-parent.cjs";
    private static final String END_WITH_STDIN = "process.stdin.on('end', () => process.exit(0)).resume().unref();\n";
    private static final long INSTALL_MINUTES = 10;

    private final Path folder;

    private NodeTool(Path folder) {
        this.folder = folder;
    }

    /**
     * The tool, installed if it is not yet, or if its lock file has changed since.
     *
     * @param pinned a folder of the sources with {@code package.json} and {@code package-lock.json}
     * @param into a folder for {@code node_modules}, outside the sources
     */
    public static NodeTool install(Path pinned, Path into) throws IOException, InterruptedException {
        require("node");
        Files.createDirectories(into);
        Path guard = into.resolveSibling(into.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed: other processes may want the same tool
            if (!isInstalled(pinned, into)) {
                require("npm");
                installAnew(pinned, into);
            }
            Path preload = into.resolve(ENDS_WITH_PARENT);
            if (!Files.exists(preload)) {
                Files.writeString(preload, END_WITH_STDIN, UTF_8);
            }
        }
        return new NodeTool(into.toAbsolutePath());
    }

    private static boolean isInstalled(Path pinned, Path into) throws IOException {
        Path installed = into.resolve(INSTALLED);
        return Files.exists(installed) && Files.mismatch(pinned.resolve(LOCK), installed) < 0;
    }

    private static void installAnew(Path pinned, Path into) throws IOException, InterruptedException {
        Files.deleteIfExists(into.resolve(INSTALLED));
        for (String file : PINNED) {
            if (Files.exists(pinned.resolve(file))) {
                Files.copy(pinned.resolve(file), into.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path log = into.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(into.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        npm.getOutputStream().close();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
            throw new IOException("npm ci did not end within " + INSTALL_MINUTES + " minutes; see " + log);
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm ci failed: " + Files.readString(log));
        }
        Files.copy(pinned.resolve(LOCK), into.resolve(INSTALLED), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Skips the test unless that program can be started; fails it where the environment has {@code LEAD_CI}.
     */
    public static void require(String program) throws InterruptedException {
        require(program, System.getenv("LEAD_CI") != null);
    }

    static void require(String program, boolean mustBeThere) throws InterruptedException {
        if (isThere(program)) {
            return;
        }
        String message = "missing tool: " + program + " is not on the path of this machine";
        if (mustBeThere) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            Process version = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException e) { // there is no such program
            return false;
        }
    }

    /** Where it is installed. */
    public Path folder() {
        return folder;
    }

    /**
     * Node with these arguments, in the tool's folder; both streams are one. It ends when this process does, however
     * that ends, because its standard input ends then.
     *
     * @param arguments a script, relative to the tool's folder or absolute, and what it gets
     */
    public Process node(List<String> arguments) {
        try {
            Path preload = folder.resolve(ENDS_WITH_PARENT);
            List<String> command = new ArrayList<>(List.of("node", "--require", preload.toString()));
            command.addAll(arguments);
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server on a free port of loopback and waits until it says that it is ready.
     *
     * @param ready a text that its output holds then
     * @param arguments by port: a script and what it gets
     * @throws IOException if it does not get ready, also not on a second and third port
     */
    public NodeServer serve(String ready, IntFunction<List<String>> arguments)
            throws IOException, InterruptedException {
        return NodeServer.start(this, ready, arguments);
    }
}
