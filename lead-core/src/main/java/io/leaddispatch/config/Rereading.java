package io.leaddispatch.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret's source that is asked again at most once a minute, so that a replaced file or variable is taken up.
 *
 * <p>When it fails later, the earlier value stays: a file that is being replaced is gone for a moment.
 */
final class Rereading implements Supplier<String> {
    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Supplier<String> source;
    private final String path;
    private final Clock clock;
    private @Nullable String value;
    private Instant readAt = Instant.MIN;

    Rereading(Supplier<String> source, String path, Clock clock) {
        this.source = source;
        this.path = path;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException if the first reading fails */
    @Override
    public synchronized String get() {
        Instant now = clock.instant();
        String known = value;
        boolean fresh = !now.isBefore(readAt) && now.isBefore(readAt.plus(INTERVAL));
        if (known != null && fresh) {
            return known;
        }
        String current = known == null ? source.get() : again(known);
        value = current;
        readAt = now;
        return current;
    }

    private String again(String known) {
        try {
            return source.get();
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} {} [{}]: {}",
                    path,
                    e.getMessage(),
                    ConfigProblems.SECRET_UNREADABLE.code(),
                    ConfigProblems.SECRET_UNREADABLE.remedy());
            return known;
        }
    }
}
