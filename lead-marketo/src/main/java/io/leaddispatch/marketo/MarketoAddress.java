package io.leaddispatch.marketo;

import io.leaddispatch.http.EndpointRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance is, in whatever form it was given. Pure.
 *
 * @param base scheme, host and port alone
 * @param munchkinId as given or as the host says, or null
 */
record MarketoAddress(URI base, @Nullable String munchkinId) {
    private static final String DOMAIN = ".mktorest.com";
    private static final Pattern USUAL = Pattern.compile("[0-9]{3}-[A-Za-z]{3}-[0-9]{3}");
    private static final Pattern SERVER = Pattern.compile("(?i)(app-)?[a-z]{2,4}[0-9]{1,4}|.*\\.marketo\\.com(/.*)?");

    /**
     * Reads a Munchkin id, a host or an endpoint, with or without {@code /rest} or {@code /identity} at its end.
     *
     * @throws IllegalArgumentException with what is wrong, to follow the setting's name; never the value
     */
    static MarketoAddress of(String given, boolean insecureLoopback) {
        String text = given.strip();
        if (isServerId(text)) {
            throw new IllegalArgumentException(
                    "looks like the server of the embed code; the Munchkin id stands beside it"
                            + " and has the form 284-RPR-133");
        }
        boolean bare = text.chars().noneMatch(c -> c == '.' || c == ':' || c == '/');
        String whole = bare ? "https://" + text + DOMAIN : text.contains("://") ? text : "https://" + text;
        URI base = base(whole, insecureLoopback);
        String host = base.getHost();
        boolean ofMarketo = host.toLowerCase(Locale.ROOT).endsWith(DOMAIN);
        return new MarketoAddress(base, ofMarketo ? host.substring(0, host.length() - DOMAIN.length()) : null);
    }

    /**
     * A host of the old form post, with or without {@code https://}.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static URI host(String given, boolean insecureLoopback) {
        return base(given.contains("://") ? given : "https://" + given, insecureLoopback);
    }

    private static URI base(String whole, boolean insecureLoopback) {
        URI uri;
        try {
            uri = new URI(whole);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no address: a character is not allowed there");
        }
        String fault = EndpointRules.fault(uri, insecureLoopback);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        if (!withoutEnd(uri.getRawPath()).isEmpty() || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("has a path: give the endpoint as Admin, Web Services shows it");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + port);
    }

    /** Only as the last segment: a plain replacement would break a host called rest. */
    private static String withoutEnd(String path) {
        String rest = withoutSlashes(path);
        if (rest.endsWith("/rest") || rest.endsWith("/identity")) {
            rest = rest.substring(0, rest.lastIndexOf('/'));
        }
        return withoutSlashes(rest);
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** Whether this is the server of an embed code rather than a Munchkin id. */
    static boolean isServerId(String text) {
        return SERVER.matcher(text).matches();
    }

    /** This address with the Munchkin id that was given beside it. */
    MarketoAddress withMunchkinId(@Nullable String given) {
        return given == null ? this : new MarketoAddress(base, given);
    }

    /** Whether the Munchkin id, if there is one, has the form of all that are known. */
    boolean isUsual() {
        return munchkinId == null || USUAL.matcher(munchkinId).matches();
    }

    /** All destinations of an instance share its limits, however its id is written. */
    String gate() {
        return "marketo:" + (munchkinId == null ? base.getRawAuthority() : munchkinId.toUpperCase(Locale.ROOT));
    }

    URI at(String path) {
        return base.resolve(path);
    }
}
