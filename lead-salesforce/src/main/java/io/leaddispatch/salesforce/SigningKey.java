package io.leaddispatch.salesforce;

import io.leaddispatch.Secret;
import io.leaddispatch.spi.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The RSA key that signs assertions, from PEM text or a key store. Read at each log-in, so that it can be replaced.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm">OAuth 2.0 JWT bearer
 *     flow</a>
 */
final class SigningKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:RSA )?PRIVATE KEY-----");
    /** SEQUENCE of version 0 and the identifier of RSA: what a PKCS#8 wrapping puts before a PKCS#1 key. */
    private static final byte[] RSA_HEADER = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private static final int LEAST_BITS = 2048;

    private SigningKey() {}

    static PrivateKey of(Settings settings) throws UnusableSecretException {
        Secret pem = settings.find(RestSettings.PRIVATE_KEY);
        String file = settings.find(RestSettings.KEYSTORE);
        if ((pem == null) == (file == null)) {
            throw new UnusableSecretException(
                    RestSettings.PRIVATE_KEY.key(),
                    pem == null
                            ? "is missing, and keystore too: one of them is needed"
                            : "and keystore exclude each other");
        }
        return pem != null
                ? checked(parse(pem.reveal()), RestSettings.PRIVATE_KEY.key())
                : checked(
                        stored(
                                String.valueOf(file),
                                settings.find(RestSettings.KEYSTORE_PASSWORD),
                                settings.find(RestSettings.KEY_ALIAS)),
                        RestSettings.KEYSTORE.key());
    }

    private static PrivateKey parse(String text) throws UnusableSecretException {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw unusable(RestSettings.PRIVATE_KEY.key(), "holds no PEM text of an unencrypted private key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            byte[] pkcs8 = pem.group(1) == null ? der : wrapped(der);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException e) { // their texts may quote the key
            throw unusable(RestSettings.PRIVATE_KEY.key(), "is no RSA key");
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.write(4);
        inner.writeBytes(length(pkcs1.length));
        inner.writeBytes(pkcs1);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        outer.write(0x30);
        outer.writeBytes(length(inner.size()));
        outer.writeBytes(inner.toByteArray());
        return outer.toByteArray();
    }

    private static byte[] length(int length) {
        return length < 0x80
                ? new byte[] {(byte) length}
                : length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) length}
                        : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    private static PrivateKey stored(String file, @Nullable Secret password, @Nullable String alias)
            throws UnusableSecretException {
        char[] word = password == null ? new char[0] : password.reveal().toCharArray();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, word);
            String name = alias != null ? alias : onlyKey(store);
            Key key = name == null ? null : store.getKey(name, word);
            if (key instanceof PrivateKey found) {
                return found;
            }
            throw unusable(
                    name == null ? RestSettings.KEY_ALIAS.key() : RestSettings.KEYSTORE.key(),
                    name == null ? "is missing: the key store has not exactly one key" : "has no key of that alias");
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            throw unusable(
                    RestSettings.KEYSTORE.key(), "cannot be read, is no PKCS12 file, or keystorePassword is wrong");
        }
    }

    private static @Nullable String onlyKey(KeyStore store) throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                names.add(name);
            }
        }
        return names.size() == 1 ? names.get(0) : null;
    }

    private static PrivateKey checked(PrivateKey key, String setting) throws UnusableSecretException {
        if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() < LEAST_BITS) {
            throw unusable(setting, "is no RSA key of at least 2048 bits, which Salesforce asks for");
        }
        return key;
    }

    private static UnusableSecretException unusable(String setting, String what) {
        return new UnusableSecretException(setting, what);
    }
}
