package io.leaddispatch.dynamics;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to sign in for an environment, by the end of its host name.
 *
 * @see <a href="https://learn.microsoft.com/power-platform/admin/new-datacenter-regions">Datacenter regions</a>
 */
final class Clouds {
    static final String COMMERCIAL = "login.microsoftonline.com";

    private static final Map<String, String> BY_SUFFIX = new LinkedHashMap<>();

    static {
        BY_SUFFIX.put(".dynamics.com", COMMERCIAL);
        BY_SUFFIX.put(".crm.microsoftdynamics.us", "login.microsoftonline.us");
        BY_SUFFIX.put(".crm.appsplatform.us", "login.microsoftonline.us");
        BY_SUFFIX.put(".crm.dynamics.cn", "login.partner.microsoftonline.cn");
    }

    private Clouds() {}

    /** The host that signs in for this environment's host, or null if its end is not known. */
    static @Nullable String authorityHost(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return BY_SUFFIX.entrySet().stream()
                .filter(cloud -> lower.endsWith(cloud.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Whether Microsoft signs in there; MSAL asks these hosts in place of their other names. */
    static boolean isAuthority(URI address) {
        return "https".equals(address.getScheme())
                && address.getPort() == -1
                && BY_SUFFIX.containsValue(address.getHost());
    }
}
