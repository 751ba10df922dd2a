package io.leaddispatch.outbox;

import io.leaddispatch.Lead;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.spi.LeadQueue.Claim;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests of the outbox start from. */
final class Given {
    static final Duration LEASE = Duration.ofMinutes(2);

    private Given() {}

    /** The login of the embedded PostgreSQL, which SQLite ignores. */
    static Map<String, Object> settings(String url, Object... more) {
        Map<String, Object> all = new HashMap<>(Map.of("url", url, "user", "postgres"));
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    static LeadOutbox outbox(String url, Clock clock, Object... more) {
        var section = LeadConfigReader.standard().section("outbox", settings(url, more));
        return LeadOutbox.open(section.check(OutboxSettings.ALL), null, clock);
    }

    static LeadOutbox outbox(String url, Object... more) {
        return outbox(url, Clock.systemUTC(), more);
    }

    static String sqlite(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("leads.db");
    }

    static Lead lead(String id) {
        return Lead.builder().id(id).firstName("Ada").email(id + "@example.com").build();
    }

    static Claim stored(LeadOutbox outbox, String id, String destination) throws InterruptedException {
        return outbox.queue()
                .store(lead(id), List.of(destination), LEASE)
                .get(0)
                .claim();
    }

    static List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.lead().id().value()).toList();
    }
}
