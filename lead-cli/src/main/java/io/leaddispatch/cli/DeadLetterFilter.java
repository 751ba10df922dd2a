package io.leaddispatch.cli;

import io.leaddispatch.LeadId;
import io.leaddispatch.outbox.DeadLetterQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class DeadLetterFilter {
    @Option(names = "--id", paramLabel = "NUMBER", description = "Only that letter.")
    private @Nullable Long id;

    @Option(names = "--lead", paramLabel = "ID", description = "Only the letters of that lead.")
    private @Nullable String lead;

    @Option(names = "--destination", paramLabel = "NAME", description = "Only for that destination.")
    private @Nullable String destination;

    @Option(names = "--code", paramLabel = "CODE", description = "Only with that problem.")
    private @Nullable String code;

    @Option(names = "--since", paramLabel = "TIME", description = "Only from that time on, e.g. 2026-01-31T12:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only from before that time.")
    private @Nullable Instant until;

    DeadLetterQuery query() {
        return DeadLetterQuery.ALL
                .withId(id)
                .withLead(lead == null ? null : LeadId.of(lead))
                .withDestination(destination)
                .withCode(code)
                .during(since, until);
    }

    boolean isEmpty() {
        return query().equals(DeadLetterQuery.ALL);
    }
}
