package io.leaddispatch.salesforce;

import io.leaddispatch.http.EndpointRules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a token may be sent: hosts of Salesforce, those the operator listed, and the host of the log-in itself. A domain
 * counts whole and at the end, so that {@code salesforce.com.evil} is none of them. Pure.
 */
record TrustedHosts(List<String> domains, boolean insecureLoopback) {
    private static final List<String> SALESFORCE = List.of("salesforce.com", "force.com");

    static TrustedHosts of(String loginHost, List<String> more, boolean insecureLoopback) {
        List<String> all = new ArrayList<>(SALESFORCE);
        all.add(loginHost.toLowerCase(Locale.ROOT));
        for (String domain : more) {
            String plain = domain.strip().toLowerCase(Locale.ROOT);
            all.add(plain.startsWith(".") ? plain.substring(1) : plain);
        }
        return new TrustedHosts(List.copyOf(all), insecureLoopback);
    }

    boolean trusts(URI server) {
        if (EndpointRules.fault(server, insecureLoopback) != null) {
            return false;
        }
        String host = server.getHost().toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
