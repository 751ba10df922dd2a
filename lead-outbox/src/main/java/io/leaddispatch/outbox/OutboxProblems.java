package io.leaddispatch.outbox;

import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.INTERNAL;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What the outbox itself has to say about a lead. */
final class OutboxProblems {
    static final ProblemType POISON = new ProblemType(
            "outbox.poison",
            INTERNAL,
            "several processes ended while they held this lead, so it may be what ends them",
            "Look at why the processes ended (out of memory, a crash in native code, kill). If the lead is not to blame,"
                    + " replay it: lead dead-letters replay --id ID. Look at the destination first: it may be there.");
    static final ProblemType UNREADABLE = new ProblemType(
            "outbox.unreadable",
            CONFIG,
            "the stored content of the lead cannot be read",
            "If a key was taken out of outbox.keys, put it back; if a newer version of the library stored the lead, use"
                    + " that. Then replay the lead: lead dead-letters replay --code outbox.unreadable.");
    static final ProblemType UNKNOWN_KEY = new ProblemType(
            "outbox.unknown-key",
            CONFIG,
            "the stored content of the lead is under a key that outbox.keys of this process does not have",
            "Add the key to outbox.keys of every process and restart it; only then name it in outbox.encryptWith. The lead"
                    + " waits, and costs no attempt.");

    static final List<ProblemType> ALL = List.of(POISON, UNREADABLE, UNKNOWN_KEY);

    private OutboxProblems() {}
}
