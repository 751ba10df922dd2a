package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whatever happens, nothing secret or personal comes out. */
final class SecrecyChecks {
    private static final List<Move> MOVES = List.of(
            Move.NORMAL,
            Move.throttled(Duration.ofSeconds(1)),
            Move.REFUSED,
            Move.SERVER_ERROR,
            Move.LOST_BEFORE,
            Move.stored(Fault.CLOSED_AFTER_STORING),
            Move.stored(Fault.TRUNCATED_BODY),
            Move.stored(answer -> answer.with("<html>" + Leads.ada().contact().email() + "</html>")),
            Move.stored(Fault.NOT_HTTP));

    private SecrecyChecks() {}

    static void quiet(Bench bench, List<String> more) throws Exception {
        Lead lead = Leads.ada();
        Lead bad = Leads.grace();
        Overheard overheard = new Overheard();
        List<String> previews = new ArrayList<>();
        try (overheard) {
            bench.server.refuse(bad);
            for (Move move : MOVES) {
                bench.server.next(move);
                overheard.run(() -> bench.deliver(List.of(lead), bench.brief));
                overheard.run(() -> bench.deliver(List.of(bad), bench.brief));
                bench.clock.pass(Duration.ofDays(1));
            }
            overheard.run(() -> bench.destination().verify(new Verification.Probe(null)));
            overheard.run(() -> bench.destination().limits());
            overheard.run(() -> bench.destination());
            overheard.run(() -> wrong(bench));
            previews.add(bench.destination().preview(lead));
        }
        String said = overheard.text();
        List<String> secrets = new ArrayList<>(more);
        secrets.addAll(secrets(bench));
        for (String secret : secrets) {
            Rule.holds(!said.contains(secret), "no secret is printed, logged or thrown", line(said, secret));
            Rule.holds(!previews.toString().contains(secret), "a preview shows no secret", "one of " + secrets.size());
        }
        for (Lead each : List.of(lead, bad)) {
            for (String value : Leads.personalValues(each)) {
                Rule.holds(!said.contains(value), "nothing personal is printed, logged or thrown", line(said, value));
            }
        }
    }

    /** Opens the destination with every setting taken for another, so that what refuses them may quote them. */
    private static Object wrong(Bench bench) {
        Map<String, Object> swapped = new LinkedHashMap<>();
        List<?> values = List.copyOf(bench.settings.values());
        int next = 1;
        for (String key : bench.settings.keySet()) {
            swapped.put(key, values.get(next++ % values.size()));
        }
        try (LeadDestination opened = bench.open(swapped)) {
            return opened;
        } catch (LeadConfigurationException e) {
            return e.faults();
        }
    }

    private static List<String> secrets(Bench bench) {
        List<String> found = new ArrayList<>();
        for (Setting<?> setting : bench.provider.settings()) {
            if (setting.isSecret()) {
                bench.settings.forEach((key, value) -> {
                    if (setting.key().equalsIgnoreCase(key) || setting.aliases().contains(key)) {
                        texts(value, found);
                    }
                });
            }
        }
        return found;
    }

    private static void texts(Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> texts(each, found));
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> texts(each, found));
        } else {
            found.add(String.valueOf(value));
        }
    }

    private static String line(String said, String value) {
        return said.lines().filter(line -> line.contains(value)).findFirst().orElse("in several lines");
    }
}
