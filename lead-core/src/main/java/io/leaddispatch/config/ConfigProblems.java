package io.leaddispatch.config;

import static io.leaddispatch.Category.CONFIG;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What is said about a configuration beside its faults. */
final class ConfigProblems {
    static final ProblemType SECRET_UNREADABLE = new ProblemType(
            "config.secret-unreadable",
            CONFIG,
            "a secret that a setting refers to can no longer be read, and its earlier value stays in use",
            "Put the file or the variable back in its place; it is read again within a minute. The log names the "
                    + "setting.");
    static final ProblemType ODD = new ProblemType(
            "config.odd",
            CONFIG,
            "something in the configuration is odd and does no harm",
            "Read the line in the log: it names the place. Take out what is superfluous, or write what was meant.");

    static final List<ProblemType> ALL = List.of(SECRET_UNREADABLE, ODD);

    private ConfigProblems() {}
}
