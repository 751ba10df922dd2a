package io.leaddispatch.outbox;

import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueueProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.time.Clock;
import java.util.List;

/** Opens the outbox of a configuration: the section {@code outbox}. Stateless; safe for use by many threads. */
public final class OutboxProvider implements LeadQueueProvider {

    /** For {@link java.util.ServiceLoader}. */
    public OutboxProvider() {}

    @Override
    public List<Setting<?>> settings() {
        return OutboxSettings.ALL;
    }

    @Override
    public LeadQueue open(Settings settings, Clock clock) {
        return LeadOutbox.open(settings, null, clock).queue();
    }

    @Override
    public List<ProblemType> problems() {
        return OutboxProblems.ALL;
    }
}
