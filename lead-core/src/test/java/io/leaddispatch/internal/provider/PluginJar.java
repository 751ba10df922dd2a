package io.leaddispatch.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar with providers of a third party, compiled at run time. */
final class PluginJar {
    private final Path work;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

    PluginJar(Path work) {
        this.work = work;
    }

    /** Registers a provider of that type in {@code META-INF/services}; the first statement may spoil it. */
    PluginJar provider(String className, String type, String constructor) {
        return source(className, providerSource(className, type, constructor)).registers(className);
    }

    PluginJar registers(String line) {
        resources.merge("META-INF/services/" + LeadDestinationProvider.class.getName(), line + "\n", String::concat);
        return this;
    }

    PluginJar source(String className, String text) {
        sources.put(className.replace('.', '/') + ".java", text);
        return this;
    }

    static String providerSource(String className, String type, String constructor) {
        int dot = className.lastIndexOf('.');
        return """
                package %s;
                import io.leaddispatch.spi.*;
                public final class %s implements LeadDestinationProvider {
                    public %s() { %s }
                    public String type() { return "%s"; }
                    public java.util.List<Setting<?>> settings() { return java.util.List.of(); }
                    public LeadDestination open(Settings settings, DestinationContext context) { return null; }
                }
                """.formatted(
                        className.substring(0, dot),
                        className.substring(dot + 1),
                        className.substring(dot + 1),
                        constructor,
                        type);
    }

    Path write(String name) throws IOException {
        Path classes = compile(name);
        Path jar = work.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(
                        zip,
                        classes.relativize(file).toString().replace(File.separatorChar, '/'),
                        Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                put(zip, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path compile(String name) throws IOException {
        Path root = Files.createDirectories(work.resolve("of-" + name));
        Path classes = Files.createDirectories(root.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
        arguments.addAll(List.of(sources.containsKey("module-info.java") ? "-p" : "-cp", modulePath()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = root.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        if (!sources.isEmpty()) {
            PrintStream silent = new PrintStream(PrintStream.nullOutputStream());
            int result =
                    ToolProvider.findFirst("javac").orElseThrow().run(silent, silent, arguments.toArray(String[]::new));
            assertThat(result).as("compilation of %s", name).isZero();
        }
        return classes;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Core and all it needs. */
    static String modulePath() {
        return Stream.of(
                        LeadDestinationProvider.class,
                        com.fasterxml.jackson.databind.ObjectMapper.class,
                        com.fasterxml.jackson.core.JsonFactory.class,
                        com.fasterxml.jackson.annotation.JsonProperty.class,
                        org.slf4j.Logger.class,
                        org.jspecify.annotations.NullMarked.class)
                .map(PluginJar::place)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
