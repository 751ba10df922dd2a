package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatIsEmptiedOrTakenAwayStillMeansItsLastSecret() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "one\n");
        Secret secret = SecretFile.one(file);
        assertThat(secret.reveal()).isEqualTo("one");
        Files.writeString(file, " two ");
        assertThat(secret.reveal()).isEqualTo("two");
        Files.writeString(file, "\n");
        assertThat(secret.reveal()).isEqualTo("two");
        Files.delete(file);
        assertThat(secret.reveal()).isEqualTo("two");
        Files.writeString(file, "three");
        assertThat(secret.reveal()).isEqualTo("three");
    }

    @Test
    void severalSecretsServeWhileOneTakesTheOthersPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), "s-old\n");
        List<Secret> secrets = SecretFile.several(file, line -> line.startsWith("s-"));
        assertThat(secrets).extracting(Secret::reveal).containsOnly("s-old");
        Files.writeString(file, "s-old\n\ns-new\n");
        assertThat(secrets).extracting(Secret::reveal).containsOnly("s-old", "s-new");
        Files.writeString(file, "s-new\nhalf");
        assertThat(secrets).extracting(Secret::reveal).containsOnly("s-old", "s-new");
        Files.writeString(file, "s-new\n");
        assertThat(secrets).extracting(Secret::reveal).containsOnly("s-new");
    }

    @Test
    void aFileWithoutASecretIsRefusedAtTheStart() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        assertThatThrownBy(() -> SecretFile.one(empty)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SecretFile.one(folder.resolve("none"))).isInstanceOf(IOException.class);
    }
}
