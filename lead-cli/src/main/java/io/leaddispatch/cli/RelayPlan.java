package io.leaddispatch.cli;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.Route;
import io.leaddispatch.azuretable.AzureTableDestinationProvider;
import io.leaddispatch.config.DestinationConfig;
import io.leaddispatch.config.LeadConfig;
import java.util.List;

/**
 * From which table to which destinations. Pure.
 *
 * @param source the table
 * @param others the configuration without it
 */
record RelayPlan(DestinationConfig source, LeadConfig others) {
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
        return new RelayPlan(source, with(config, others, routes));
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
