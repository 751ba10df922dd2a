package io.leaddispatch.testkit.contract;

/** The groups of {@link LeadQueueContract}. One that does not apply is declared with its reason. */
public enum QueueGroup {
    /** Stored once, for all destinations at once, born leased where that is asked for. */
    STORING,
    /** Oldest first, at most so many, nothing that is leased or not yet due. */
    CLAIMING,
    /** Done, dead, released, later. */
    SETTLING,
    /** A claim that was lost changes nothing. */
    FENCE,
    /** Leases end by themselves, and can be renewed. */
    LEASES,
    /** A caller who gave up takes its delivery out. For queues that are not durable. */
    WITHDRAWING,
    /** Pauses are kept, by gate. */
    PAUSES,
    /** Waiting for work ends when there is some, in time, on interruption and on closing. */
    AWAITING,
    /** Many threads at once. */
    CONCURRENCY,
    /** What is stored survives its process, and is shared with others. */
    DURABILITY,
    /** Closing is idempotent and gives leases back. */
    CLOSING
}
