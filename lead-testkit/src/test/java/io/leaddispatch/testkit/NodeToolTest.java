package io.leaddispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class NodeToolTest {
    private static final Path PINNED = Path.of("src", "test", "node", "echo");

    @TempDir
    private Path folder;

    @Test
    void aSecondInstallationFindsTheFirst() throws Exception {
        Path into = folder.resolve("tool");
        NodeTool.install(PINNED, into);
        FileTime first = Files.getLastModifiedTime(into.resolve("npm.log"));
        NodeTool.install(PINNED, into);
        assertThat(Files.getLastModifiedTime(into.resolve("npm.log"))).isEqualTo(first);
    }

    @Test
    void anotherLockFileIsInstalledAnew() throws Exception {
        Path into = folder.resolve("tool");
        Path pinned = Files.createDirectories(folder.resolve("pinned"));
        Files.copy(PINNED.resolve("package.json"), pinned.resolve("package.json"));
        String lock = Files.readString(PINNED.resolve("package-lock.json"));
        Files.writeString(pinned.resolve("package-lock.json"), lock);
        NodeTool.install(pinned, into);
        Files.writeString(pinned.resolve("package-lock.json"), lock + "\n");
        NodeTool.install(pinned, into);
        assertThat(into.resolve("package-lock.json")).hasContent(lock + "\n");
    }

    @Test
    void aLockFileThatDoesNotFitFailsWithWhatNpmSays() throws Exception {
        Path pinned = Files.createDirectories(folder.resolve("pinned"));
        Files.writeString(pinned.resolve("package.json"), "{\"dependencies\": {\"not-in-the-lock\": \"1.0.0\"}}");
        Files.copy(PINNED.resolve("package-lock.json"), pinned.resolve("package-lock.json"));
        NodeTool.require("npm");
        assertThatThrownBy(() -> NodeTool.install(pinned, folder.resolve("tool")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("npm ci failed");
    }

    @Test
    void aServerIsReadyAnswersAndIsStopped() throws Exception {
        NodeTool tool = NodeTool.install(PINNED, folder.resolve("tool"));
        NodeServer server = tool.serve("ready", port -> List.of(script("server.js"), Integer.toString(port)));
        try (server) {
            URL url = server.uri().toURL();
            assertThat(new String(url.openStream().readAllBytes())).isEqualTo("hello");
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void aServerThatEndsAtOnceSaysWhatItSaid() throws Exception {
        NodeTool tool = NodeTool.install(PINNED, folder.resolve("tool"));
        assertThatThrownBy(() -> tool.serve("ready", port -> List.of("--eval", "console.log('no, thanks')")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no, thanks");
    }

    @Test
    void theProcessEndsWithItsInput() throws Exception {
        NodeTool tool = NodeTool.install(PINNED, folder.resolve("tool"));
        Process process = tool.node(List.of(script("server.js"), "0"));
        assertThat(process.isAlive()).isTrue();
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aMissingToolSkipsTheTestOrFailsItWhereToolsMustBe() {
        assertThatThrownBy(() -> NodeTool.require("no-such-tool-anywhere", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("missing tool: no-such-tool-anywhere");
        assertThatThrownBy(() -> NodeTool.require("no-such-tool-anywhere", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("missing tool: no-such-tool-anywhere");
    }

    private static String script(String name) {
        return PINNED.resolve(name).toAbsolutePath().toString();
    }
}
