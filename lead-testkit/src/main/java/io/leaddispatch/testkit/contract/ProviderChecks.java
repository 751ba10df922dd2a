package io.leaddispatch.testkit.contract;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.testkit.Leads;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** What can be seen without a delivery. */
final class ProviderChecks {
    /** No number, duration, choice, flag, address or map; and not to be quoted. */
    private static final String NONSENSE = "CANARY no such thing";

    private ProviderChecks() {}

    static void found(Bench bench) throws URISyntaxException {
        Class<?> wanted = bench.provider.getClass();
        Rule.holds(
                ServiceLoader.load(LeadDestinationProvider.class).stream().anyMatch(p -> p.type() == wanted),
                wanted.getName() + " stands in META-INF/services/" + LeadDestinationProvider.class.getName(),
                "ServiceLoader does not find it");
        CodeSource source = wanted.getProtectionDomain().getCodeSource();
        for (ModuleReference module :
                ModuleFinder.of(Path.of(source.getLocation().toURI())).findAll()) {
            ModuleDescriptor descriptor = module.descriptor();
            Rule.holds(
                    descriptor.isAutomatic()
                            || descriptor.provides().stream()
                                    .anyMatch(p -> p.providers().contains(wanted.getName())),
                    "module-info provides " + wanted.getName(),
                    descriptor.provides());
        }
    }

    static void wellFormed(Bench bench) {
        String type = bench.provider.type();
        Rule.holds(type.matches("[a-z0-9-]+"), "a type is made of a-z, 0-9 and dashes", type);
        Set<String> codes = new HashSet<>();
        for (ProblemType problem : bench.provider.problems()) {
            String code = problem.code();
            Rule.holds(code.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"), "a code is area.name in lower case", code);
            Rule.holds(codes.add(code), "each code is in the catalogue once", code);
            Rule.holds(
                    !problem.cause().isBlank() && !problem.remedy().isBlank(),
                    "a problem has a cause and a remedy",
                    problem);
        }
        Rule.holds(!codes.isEmpty(), "problems() lists what can go wrong", codes);
    }

    static void settings(Bench bench) {
        Set<String> keys = new HashSet<>();
        for (Setting<?> setting : bench.provider.settings()) {
            Rule.holds(keys.add(setting.key().toLowerCase(Locale.ROOT)), "each key is declared once", setting.key());
            Rule.holds(!setting.documentation().isBlank(), "each setting has a line of documentation", setting.key());
        }
        for (String key : bench.settings.keySet()) {
            Rule.holds(
                    bench.provider.settings().stream().anyMatch(s -> isSpelled(s, key)),
                    "settings() of this test uses declared keys",
                    key);
        }
    }

    private static boolean isSpelled(Setting<?> setting, String key) {
        return setting.key().equalsIgnoreCase(key) || setting.aliases().stream().anyMatch(key::equalsIgnoreCase);
    }

    static void openingIsQuiet(Bench bench) {
        LeadDestination destination = bench.destination();
        destination.limits();
        destination.batchKey(Leads.ada());
        destination.serialKey(Leads.ada());
        destination.preview(Leads.ada());
        String shown = destination.toString();
        Rule.holds(bench.server.requests() == 0, "opening, limits, keys, preview and toString touch no network", shown);
    }

    static void faults(Bench bench, Map<String, ?> wrong) {
        int before = bench.server.requests();
        List<Setting<?>> settings = bench.provider.settings();
        expectAll(
                bench,
                Map.of(),
                settings.stream().filter(Setting::isRequired).map(Setting::key).toList());
        Map<String, Object> nonsense = new LinkedHashMap<>(bench.settings);
        List<Setting<?>> typed =
                settings.stream().filter(ProviderChecks::refusesNonsense).toList();
        typed.forEach(setting -> {
            nonsense.keySet().removeIf(key -> isSpelled(setting, key));
            nonsense.put(setting.key(), NONSENSE);
        });
        expectAll(bench, nonsense, typed.stream().map(Setting::key).toList());
        if (!wrong.isEmpty()) {
            Map<String, Object> all = new LinkedHashMap<>(bench.settings);
            all.putAll(wrong);
            expectAll(bench, all, List.copyOf(wrong.keySet()));
            wrong.values().forEach(value -> doesNotQuote(bench, all, String.valueOf(value)));
        }
        Rule.holds(
                bench.server.requests() == before,
                "checking a configuration touches no network",
                bench.server.requests());
    }

    private static boolean refusesNonsense(Setting<?> setting) {
        try {
            setting.read(NONSENSE);
            return false;
        } catch (IllegalArgumentException e) { // what it is asked for
            return true;
        }
    }

    private static void expectAll(Bench bench, Map<String, ?> settings, List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<Fault> faults = faultsOf(bench, settings);
        for (String key : keys) {
            Rule.holds(
                    faults.stream()
                            .anyMatch(fault ->
                                    fault.path().toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT))),
                    "everything wrong is named at once, " + key + " too",
                    faults);
        }
        doesNotQuote(bench, settings, "CANARY");
    }

    private static void doesNotQuote(Bench bench, Map<String, ?> settings, String value) {
        List<Fault> faults = faultsOf(bench, settings);
        Rule.holds(
                value.length() < 4 || !faults.toString().contains(value),
                "faults of a configuration do not quote values",
                faults);
    }

    private static List<Fault> faultsOf(Bench bench, Map<String, ?> settings) {
        try (LeadDestination opened = bench.open(settings)) {
            throw new AssertionError("a wrong configuration is refused; seen: " + opened.limits());
        } catch (LeadConfigurationException e) {
            return e.faults();
        }
    }
}
