package io.leaddispatch.dynamics.simulator;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What an environment holds and allows. Tests change it while it runs. Safe for use by many threads. */
public final class Environment {
    /** A refusal by a plug-in or anything else that depends on the lead: code and message. */
    public record Refusal(int status, String code, String message) {}

    static final UUID USER = UUID.fromString("9a1d6b1e-0000-4000-8000-0000000000aa");

    /** Leads by id, each with its columns. */
    public final Map<UUID, Map<String, Object>> leads = new ConcurrentSkipListMap<>();

    /** How often a lead was inserted under an id; more than once only after a deletion. */
    public final Map<UUID, AtomicInteger> inserts = new ConcurrentHashMap<>();

    /** Columns guarded by column security; the user may set those in {@link #settable}. */
    public final Set<String> secured = ConcurrentHashMap.newKeySet();

    /** Guarded columns that the user may set all the same. */
    public final Set<String> settable = ConcurrentHashMap.newKeySet();

    /** Values of leadsourcecode that exist; empty for any. */
    public final Set<Integer> sourceCodes = ConcurrentHashMap.newKeySet();

    /** Whether the user has the privilege prvCreateLead. */
    public volatile boolean mayCreate = true;

    /** Whether the user may read leads. */
    public volatile boolean mayRead = true;

    /** Whether the user may delete leads. */
    public volatile boolean mayDelete = true;

    /** Whether the user may look at metadata and privileges. */
    public volatile boolean mayLook = true;

    /** Whether there is a user for the application. */
    public volatile boolean isMember = true;

    /** Whether the user has any role. */
    public volatile boolean hasRoles = true;

    /** Whether the action CreateMultiple exists. */
    public volatile boolean hasCreateMultiple = true;

    /** Whether leads vanish after they were written. */
    public volatile boolean loses;

    /** The customer's logic: why a lead is refused, or null. */
    public volatile Function<Map<String, Object>, Refusal> logic = lead -> null;
}
