package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/**
 * Somebody else's application, compiled and run against the packaged jars of lead-core and lead-https and what these
 * need, once on the class path and once on the module path. As a Maven project with the BOM it is run by hand: {@code
 * src/it/consumer/run}.
 */
class ConsumerIT {
    private static final Path SOURCES = Path.of("src", "it", "consumer", "src", "main", "java");

    @TempDir
    Path folder;

    private List<String> jars;

    @BeforeEach
    void findJars() throws Exception {
        jars = new ArrayList<>(List.of(packaged("lead-core"), packaged("lead-https")));
        for (Class<?> type :
                List.of(ObjectMapper.class, JsonFactory.class, JsonProperty.class, Logger.class, Nullable.class)) {
            jars.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
    }

    @Test
    void itDeliversOnTheClassPath() throws Exception {
        Path classes = compiled("--class-path", SOURCES.resolve("consumer/Main.java"));
        ChildJvm run = ChildJvm.run(folder, "-cp", classes + File.pathSeparator + joined(), "consumer.Main");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).contains("delivered on the class path").doesNotContain("NOT");
    }

    @Test
    void itDeliversOnTheModulePath() throws Exception {
        Path classes =
                compiled("--module-path", SOURCES.resolve("consumer/Main.java"), SOURCES.resolve("module-info.java"));
        ChildJvm run =
                ChildJvm.run(folder, "-p", classes + File.pathSeparator + joined(), "-m", "consumer/consumer.Main");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).contains("delivered on the module path").doesNotContain("NOT");
    }

    @Test
    void theJarsCarryLicenceAndNotice() throws Exception {
        for (String jar : jars.subList(0, 2)) {
            try (JarFile file = new JarFile(jar)) {
                assertThat(file.getEntry("META-INF/LICENSE")).as(jar).isNotNull();
                assertThat(file.getEntry("META-INF/NOTICE")).as(jar).isNotNull();
            }
        }
    }

    private Path compiled(String path, Path... sources) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> options = List.of("--release", "17", "-d", classes.toString(), path, joined());
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(sources))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
        return classes;
    }

    private String joined() {
        return jars.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static String packaged(String module) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", module, "target"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(module + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .toList();
            assertThat(found).as("jars of " + module).hasSize(1);
            return found.get(0).toString();
        }
    }
}
