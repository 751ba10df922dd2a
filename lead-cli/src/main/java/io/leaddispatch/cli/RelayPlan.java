package io.leaddispatch.cli;

import io.leaddispatch.LaneOptions.OnUnknown;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.Route;
import io.leaddispatch.azuretable.AzureTableDestinationProvider;
import io.leaddispatch.config.DestinationConfig;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * From which table to which destinations. Pure.
 *
 * @param source the table
 * @param others the configuration without it
 * @param routes all routes, those to the table too
 */
record RelayPlan(DestinationConfig source, LeadConfig others, List<Route> routes) {
    /**
     * The plan of a configuration.
     *
     * @param from the table's name in it or, if it is the only one of that type, {@code azure-table}
     * @throws LeadConfigurationException if there is no such table, or nothing else
     */
    static RelayPlan of(LeadConfig config, String from) {
        DestinationConfig source = source(config, from);
        List<DestinationConfig> others = config.destinations().stream()
                .filter(destination -> destination != source)
                .toList();
        if (others.isEmpty()) {
            throw LeadConfigurationException.of("destinations", "holds nothing but the table that leads come from");
        }
        List<Route> routes = config.routes().stream()
                .map(route -> without(route, source.name()))
                .flatMap(List::stream)
                .toList();
        if (routes.isEmpty() && !config.routes().isEmpty()) {
            throw LeadConfigurationException.of("routes", "lead nowhere but to the table that leads come from");
        }
        return new RelayPlan(source, with(config, others, routes), config.routes());
    }

    /** Whether its route leads to the table alone, where it is. */
    boolean staysThere(Lead lead) {
        return routes.stream()
                .filter(route -> route.matches(lead))
                .findFirst()
                .map(route -> route.to().stream().allMatch(source.name()::equals))
                .orElse(false);
    }

    /** The destinations that may get a lead again after its answer was lost: they know it, or doubles are accepted. */
    Set<String> mayRepeat() {
        Map<String, LeadDestination> opened = DestinationConfig.openAll(
                others.destinations(),
                name -> new DestinationContext(
                        name, Clock.systemUTC(), RelayPlan::noClient, "lead-dispatch", others.insecureLoopback()));
        Set<String> names = new HashSet<>();
        for (DestinationConfig each : others.destinations()) {
            try (LeadDestination destination = Objects.requireNonNull(opened.get(each.name()))) {
                if (destination.limits().repeatSafe() || each.lane().onUnknown() == OnUnknown.RESEND) {
                    names.add(each.name());
                }
            }
        }
        return names;
    }

    private static HttpClient noClient() {
        throw new IllegalStateException("nothing is sent by these");
    }

    private static DestinationConfig source(LeadConfig config, String from) {
        List<DestinationConfig> tables = config.destinations().stream()
                .filter(destination -> destination.provider().type().equals(AzureTableDestinationProvider.TYPE))
                .toList();
        for (DestinationConfig table : tables) {
            if (table.name().equals(from)) {
                return table;
            }
        }
        if (from.equals(AzureTableDestinationProvider.TYPE) && tables.size() == 1) {
            return tables.get(0);
        }
        List<String> names = tables.stream().map(DestinationConfig::name).toList();
        throw LeadConfigurationException.of(
                "destinations",
                tables.isEmpty()
                        ? "holds no table (type azure-table) to take leads from"
                        : "holds more than one table, or none of that name: give --from one of " + names);
    }

    private static List<Route> without(Route route, String source) {
        List<String> to =
                route.to().stream().filter(name -> !name.equals(source)).toList();
        return to.isEmpty()
                ? List.of()
                : List.of(new Route(route.offer(), route.publisher(), route.source(), route.action(), to));
    }

    private static LeadConfig with(LeadConfig config, List<DestinationConfig> destinations, List<Route> routes) {
        return new LeadConfig(
                destinations,
                routes,
                config.policy(),
                config.patience(),
                config.queue(),
                config.onFull(),
                config.closeWithin(),
                config.insecureLoopback(),
                config.outbox(),
                config.warnings());
    }
}
