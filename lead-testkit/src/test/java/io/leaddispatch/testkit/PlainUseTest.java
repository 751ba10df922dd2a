package io.leaddispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whoever extends no contract needs no JUnit. */
class PlainUseTest {
    private static final String KIT = "io.leaddispatch.testkit.";

    @Test
    void theServerAndTheFixturesWorkWithoutJUnit() throws Exception {
        try (URLClassLoader loader = withoutJUnit()) {
            Class<?> server = loader.loadClass(KIT + "ScriptedServer");
            assertThat(server.getClassLoader()).isSameAs(loader);
            try (AutoCloseable started =
                    (AutoCloseable) server.getMethod("start").invoke(null)) {
                assertThat(String.valueOf(server.getMethod("uri").invoke(started)))
                        .startsWith("http://localhost:");
            }
            assertThat(loader.loadClass(KIT + "Leads").getMethod("ada").invoke(null))
                    .isNotNull();
            assertThat(loader.loadClass(KIT + "RecordedPauses").getMethods()).isNotEmpty();
            assertThat(loader.loadClass(KIT + "Vendor").getMethods()).isNotEmpty();
            assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    private static URLClassLoader withoutJUnit() {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit") && !entry.contains("opentest4j"))
                .map(PlainUseTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
