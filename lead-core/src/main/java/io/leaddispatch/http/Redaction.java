package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.net.URI;

/** What of an address may be shown: never user, path, query or fragment, any of which may be a key. */
@Experimental
public final class Redaction {
    private Redaction() {}

    /** Scheme, host and, where one is given, port. */
    public static String origin(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }
}
