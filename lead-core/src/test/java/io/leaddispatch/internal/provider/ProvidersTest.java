package io.leaddispatch.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {
    @TempDir
    private Path work;

    @Test
    void providersOfAClassLoaderAreFoundByTypeIgnoringCase() throws IOException {
        Path jar = new PluginJar(work).provider("one.First", "first", "").write("first.jar");

        try (URLClassLoader loader = loader(jar)) {
            Providers providers = Providers.find(loader);

            assertThat(providers.types()).containsExactly("first");
            assertThat(providers.ofType("First")).isNotNull();
            assertThat(providers.ofType("second")).isNull();
            assertThat(providers.ofMarketplaceName("first")).isNull();
            assertThat(providers.broken()).isEmpty();
            assertThat(providers.doubles()).isEmpty();
        }
    }

    @Test
    void nothingIsLoadedBeforeTheFirstQuestion() throws IOException {
        String mark = "leaddispatch.test.loaded";
        Path jar = new PluginJar(work)
                .provider("one.Marking", "marking", "System.setProperty(\"" + mark + "\", \"yes\");")
                .write("marking.jar");

        try (URLClassLoader loader = loader(jar)) {
            Providers providers = Providers.find(loader);
            assertThat(System.getProperty(mark)).isNull();
            assertThat(providers.types()).containsExactly("marking");
            assertThat(System.getProperty(mark)).isEqualTo("yes");
        } finally {
            System.clearProperty(mark);
        }
    }

    @Test
    void twoProvidersOfOneTypeAreNamedWithTheirJars() throws IOException {
        Path one = new PluginJar(work).provider("one.Crm", "crm", "").write("crm-1.0.jar");
        Path two = new PluginJar(work).provider("two.Crm", "crm", "").write("crm-2.0.jar");

        try (URLClassLoader loader = loader(one, two)) {
            Providers providers = Providers.find(loader);

            assertThat(providers.doubles())
                    .containsExactly("two providers have the type crm: one.Crm in crm-1.0.jar and two.Crm in "
                            + "crm-2.0.jar; keep one of them on the path");
            assertThat(providers.ofType("crm")).isNotNull();
        }
    }

    @Test
    void brokenProvidersAreReportedAndHideNoOther() throws IOException {
        Path spoiled = new PluginJar(work)
                .provider("bad.Throws", "throws", "if (true) throw new IllegalStateException(\"marker\");")
                .provider("bad.Half", "half", "if (true) throw new NoClassDefFoundError(\"gone/Class\");")
                .provider("bad.Name", "Not A Type", "")
                .registers("bad.Missing")
                .registers("this is no class name")
                .source(
                        "bad.Mute",
                        PluginJar.providerSource("bad.Mute", "mute", "")
                                .replace("return \"mute\";", "throw new IllegalStateException(\"marker\");"))
                .registers("bad.Mute")
                .write("bad.jar");
        Path good = new PluginJar(work).provider("good.Good", "good", "").write("good.jar");

        try (URLClassLoader loader = loader(spoiled, good)) {
            Providers providers = Providers.find(loader);

            assertThat(providers.types()).contains("good");
            assertThat(providers.broken()).isNotEmpty().noneMatch(what -> what.contains("marker"));
        }
        Path readable = new PluginJar(work)
                .provider("bad.Throws", "throws", "if (true) throw new IllegalStateException(\"marker\");")
                .provider("bad.Name", "Not A Type", "")
                .registers("bad.Missing")
                .source(
                        "bad.Mute",
                        PluginJar.providerSource("bad.Mute", "mute", "")
                                .replace("return \"mute\";", "throw new IllegalStateException(\"marker\");"))
                .registers("bad.Mute")
                .provider("bad.Fine", "fine", "")
                .write("readable.jar");
        try (URLClassLoader loader = loader(readable)) {
            Providers providers = Providers.find(loader);

            assertThat(providers.types()).containsExactly("fine");
            assertThat(providers.broken())
                    .containsExactlyInAnyOrder(
                            "a provider cannot be loaded: Provider bad.Throws could not be instantiated "
                                    + "(java.lang.IllegalStateException)",
                            "bad.Name in readable.jar has a type that is not of the form [a-z0-9-]+",
                            "a provider cannot be loaded: Provider bad.Missing not found (ServiceConfigurationError)",
                            "bad.Mute in readable.jar cannot say what it is: java.lang.IllegalStateException");
        }
    }

    @Test
    void providersOfTheThreadsClassLoaderAreFound() throws IOException {
        Path jar = new PluginJar(work).provider("one.First", "first", "").write("first.jar");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();

        try (URLClassLoader loader = loader(jar)) {
            thread.setContextClassLoader(loader);
            assertThat(Providers.find().types()).contains("first");
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(Providers.find().types()).doesNotContain("first");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void modulePathWorksToo() throws IOException, InterruptedException {
        Path plugin = new PluginJar(work)
                .source("module-info", """
                        module plugin {
                            requires io.leaddispatch;
                            provides io.leaddispatch.spi.LeadDestinationProvider with plugin.Provider;
                        }
                        """)
                .source("plugin.Provider", PluginJar.providerSource("plugin.Provider", "plugged", ""))
                .source("plugin.Main", """
                        package plugin;
                        public final class Main {
                            public static void main(String[] arguments) {
                                var found = io.leaddispatch.config.LeadConfigReader.standard()
                                        .destination("x", "plugged", java.util.Map.of());
                                System.out.print(found.provider().getClass().getModule());
                            }
                        }
                        """)
                .write("plugin.jar");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        PluginJar.modulePath() + java.io.File.pathSeparator + plugin,
                        "-m",
                        "plugin/plugin.Main")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).isEqualTo("module plugin");
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource({
        "/home/x/.m2/lead-https-0.1.0.jar, lead-https-0.1.0.jar",
        "/home/x/app.jar!/BOOT-INF/lib/lead-https.jar!/, lead-https.jar",
        "/build/lead-https/target/classes/, lead-https/target/classes",
        "/classes/, /classes",
        "lead.jar, lead.jar",
        "'', ''"
    })
    void placeIsAFileNameOrTheEndOfADirectory(String path, String shown) {
        assertThat(Origin.end(path)).isEqualTo(shown);
    }

    private static URLClassLoader loader(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        return new URLClassLoader(urls, LeadDestinationProvider.class.getClassLoader());
    }
}
