package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.spi.DestinationContext;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the destinations of one Marketo instance share within a dispatcher: tokens, one per client, and the count of
 * today's calls. It lives as long as one of them does. Safe for use by many threads.
 */
final class MarketoInstance {
    private record Key(String gate, Clock clock, int client) {}

    private static final Map<Key, WeakReference<MarketoInstance>> OPEN = new HashMap<>();

    private final Clock clock;
    private final DailyCalls calls;
    private final Map<String, TokenCache<TokenFailure>> tokens = new ConcurrentHashMap<>();

    private MarketoInstance(Clock clock) {
        this.clock = clock;
        this.calls = new DailyCalls(clock);
    }

    /** The instance behind that gate, however it is reached; shared by all that the same dispatcher opens. */
    static MarketoInstance behind(String gate, DestinationContext context) {
        Key key = new Key(gate, context.clock(), System.identityHashCode(context.http()));
        synchronized (OPEN) {
            OPEN.values().removeIf(reference -> reference.get() == null);
            WeakReference<MarketoInstance> reference = OPEN.get(key);
            MarketoInstance known = reference == null ? null : reference.get();
            if (known == null) {
                known = new MarketoInstance(context.clock());
                OPEN.put(key, new WeakReference<>(known));
            }
            return known;
        }
    }

    DailyCalls calls() {
        return calls;
    }

    /** The tokens of a client at that address. A wrong secret must not get the token of the right one. */
    TokenCache<TokenFailure> tokens(URI base, String clientId, Secret secret, HttpTransport transport) {
        return tokens.computeIfAbsent(base + " " + clientId + " " + digest(secret), key -> {
            URI address = base.resolve("/identity/oauth/token");
            var source = new TokenSource(address, clientId, secret, transport, clock);
            return new TokenCache<>(source, clock, TokenSource.EARLY);
        });
    }

    private static String digest(Secret secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(secret.reveal().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
