package io.leaddispatch.azuretable;

import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.Redaction;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a storage account's connection string says. Its faults never quote it.
 *
 * @param endpoint the address of the account's tables
 * @param account the account's name; empty with a signature
 * @param key the account's key in Base64, or null
 * @param signature the shared access signature without a question mark, or null
 * @see <a href="https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string">Configure
 *     connection strings</a>
 */
record ConnectionString(
        URI endpoint,
        String account,
        @Nullable String key,
        @Nullable String signature) {
    private static final String EMULATOR = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
            + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
            + ";TableEndpoint=http://127.0.0.1:10002/devstoreaccount1";
    private static final Pattern ACCOUNTS = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern MASK = Pattern.compile("\\*+");
    private static final String PUBLIC_CLOUD = "core.windows.net";
    private static final List<String> SUFFIXES =
            List.of(PUBLIC_CLOUD, "core.chinacloudapi.cn", "core.cloudapi.de", "core.usgovcloudapi.net");

    private static final String PROTOCOL = "DefaultEndpointsProtocol";
    private static final String ACCOUNT = "AccountName";
    private static final String KEY = "AccountKey";
    private static final String SUFFIX = "EndpointSuffix";
    private static final String ENDPOINT = "TableEndpoint";
    private static final String SIGNATURE = "SharedAccessSignature";
    private static final String EMULATED = "UseDevelopmentStorage";
    private static final Set<String> KNOWN = Set.of(
            "defaultendpointsprotocol",
            "accountname",
            "accountkey",
            "endpointsuffix",
            "tableendpoint",
            "sharedaccesssignature",
            "usedevelopmentstorage",
            "blobendpoint",
            "queueendpoint",
            "fileendpoint",
            "tablesecondaryendpoint",
            "blobsecondaryendpoint",
            "queuesecondaryendpoint",
            "filesecondaryendpoint");

    /**
     * Reads and checks a connection string.
     *
     * @param insecureLoopback whether plain http to this machine is allowed, as emulators need it
     * @throws UnusableConnectionException with the first fault, without a value
     */
    static ConnectionString parse(String text, boolean insecureLoopback) throws UnusableConnectionException {
        String given = text.strip();
        if (MASK.matcher(given).matches()) {
            throw masked();
        }
        Map<String, String> parts = parts(given);
        if ("true".equalsIgnoreCase(parts.get(EMULATED))) {
            parts = parts(EMULATOR);
        }
        return of(parts, insecureLoopback);
    }

    private static UnusableConnectionException masked() {
        return new UnusableConnectionException(
                "is masked (***), as the marketplace shows it: copy the connection string"
                        + " from the storage account's page \"Access keys\"");
    }

    private static Map<String, String> parts(String text) throws UnusableConnectionException {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int position = 0;
        for (String part : text.split(";", -1)) {
            position++;
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!KNOWN.contains(name.toLowerCase(Locale.ROOT))) {
                throw new UnusableConnectionException("is no connection string: its part " + position
                        + " is not one of the names that these have, such as AccountName=...");
            }
            if (parts.put(name, part.substring(equals + 1).strip()) != null) {
                throw new UnusableConnectionException("has " + name + " twice");
            }
        }
        return parts;
    }

    private static ConnectionString of(Map<String, String> parts, boolean insecureLoopback)
            throws UnusableConnectionException {
        String account = parts.getOrDefault(ACCOUNT, "");
        if (!account.isEmpty() && !ACCOUNTS.matcher(account).matches()) {
            throw new UnusableConnectionException(
                    "has an AccountName that is none: 3 to 24 lower-case letters and digits");
        }
        URI endpoint = endpoint(parts, account, insecureLoopback);
        String key = parts.get(KEY);
        String signature = parts.get(SIGNATURE);
        if ((key == null) == (signature == null)) {
            throw new UnusableConnectionException(
                    key == null
                            ? "has neither AccountKey nor SharedAccessSignature"
                            : "has both AccountKey and SharedAccessSignature: keep one of them");
        }
        if (key != null) {
            checkKey(key, account);
            return new ConnectionString(endpoint, account, key, null);
        }
        return new ConnectionString(endpoint, account, null, signature(String.valueOf(signature)));
    }

    private static void checkKey(String key, String account) throws UnusableConnectionException {
        if (MASK.matcher(key).matches()) {
            throw masked();
        }
        if (account.isEmpty()) {
            throw new UnusableConnectionException("has an AccountKey and no AccountName");
        }
        try {
            if (Base64.getDecoder().decode(key).length > 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new UnusableConnectionException(
                    "has an AccountKey that is not Base64: copy all of it, up to the last =");
        }
        throw new UnusableConnectionException("has an empty AccountKey");
    }

    private static String signature(String given) throws UnusableConnectionException {
        String signature = given.startsWith("?") ? given.substring(1) : given;
        boolean signed =
                Arrays.stream(signature.split("&", -1)).anyMatch(pair -> pair.startsWith("sig=") && pair.length() > 4);
        if (!signed) {
            throw new UnusableConnectionException("has a SharedAccessSignature without sig=: copy all of it");
        }
        return signature;
    }

    private static URI endpoint(Map<String, String> parts, String account, boolean insecureLoopback)
            throws UnusableConnectionException {
        String given = parts.get(ENDPOINT);
        if (given == null) {
            given = ofAccount(parts, account);
        }
        String address = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        try {
            URI uri = new URI(address);
            String fault =
                    uri.getRawQuery() != null ? "holds a question mark" : EndpointRules.fault(uri, insecureLoopback);
            if (fault == null) {
                return uri;
            }
            throw new UnusableConnectionException("has a table endpoint that " + fault);
        } catch (URISyntaxException e) {
            throw new UnusableConnectionException("has a TableEndpoint that is no address");
        }
    }

    private static String ofAccount(Map<String, String> parts, String account) throws UnusableConnectionException {
        if (account.isEmpty()) {
            throw new UnusableConnectionException("has neither AccountName nor TableEndpoint");
        }
        String protocol = parts.getOrDefault(PROTOCOL, "https");
        if (!protocol.equalsIgnoreCase("https")) {
            throw new UnusableConnectionException("has a DefaultEndpointsProtocol other than https");
        }
        String suffix = parts.getOrDefault(SUFFIX, "").isEmpty() ? PUBLIC_CLOUD : String.valueOf(parts.get(SUFFIX));
        if (!SUFFIXES.contains(suffix.toLowerCase(Locale.ROOT))) {
            throw new UnusableConnectionException("has an EndpointSuffix other than " + String.join(", ", SUFFIXES)
                    + " (\"core.screens.net\" in some articles is a misprint); for another cloud give TableEndpoint");
        }
        return "https://" + account + ".table." + suffix.toLowerCase(Locale.ROOT);
    }

    /** The endpoint, never a secret. */
    @Override
    public String toString() {
        return "ConnectionString[" + Redaction.origin(endpoint) + "]";
    }
}
