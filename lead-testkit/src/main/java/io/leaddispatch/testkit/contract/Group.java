package io.leaddispatch.testkit.contract;

/** The groups of {@link LeadDestinationContract}. One that does not apply is declared with its reason. */
public enum Group {
    /** Found by {@link java.util.ServiceLoader}; a well-formed type and catalogue of problems. */
    DISCOVERY,
    /** Settings are declared once and documented; opening touches no network. */
    SETTINGS,
    /** Everything wrong with a configuration comes at once, by key and never by value. */
    CONFIGURATION_FAULTS,
    /** One result per lead, in order, each fitting its problem; at most one executed write per call. */
    OUTCOMES,
    /** One bad lead is rejected and hurts no other. */
    BAD_LEAD,
    /** A repeat carries the same key, however much later, and is told by it. For those whose repeat is safe. */
    REPEATED_LEAD,
    /** A vendor that wants fewer requests gets a pause. */
    THROTTLING,
    /** The pause lasts as long as the vendor says. For vendors that say so. */
    RETRY_AFTER,
    /** Refused credentials hold the destination and reject nobody. */
    CREDENTIALS,
    /**
     * A token that expires in the middle is replaced, once, and the write repeated; tokens are fetched one at a time and
     * within the deadline. For those that fetch tokens.
     */
    TOKENS,
    /** A vendor that is away, or has an error of its own, rejects nobody. */
    OUTAGE,
    /** A slow answer is waited for. */
    SLOW_ANSWER,
    /** No answer, or half of one and then nothing. */
    STALLED_ANSWER,
    /** Half an answer and then the end. */
    TRUNCATED_ANSWER,
    /** An answer too large to read. */
    HUGE_ANSWER,
    /** An answer that is not what it should be. */
    MALFORMED_ANSWER,
    /** The connection ends before the vendor stored the leads. */
    LOST_BEFORE_STORING,
    /** The connection ends after the vendor stored the leads. */
    LOST_AFTER_STORING,
    /** An interrupted call ends soon. */
    INTERRUPTION,
    /** No request outlives the deadline of its call. */
    DEADLINE,
    /** Several calls at once. */
    CONCURRENCY,
    /** Closing is idempotent and bounded. */
    CLOSING,
    /** Nothing secret or personal is printed, logged or thrown. */
    SECRECY,
    /** Texts of all scripts arrive as they are. */
    UNICODE,
    /** Texts longer than their field are cut with a note, or refused. */
    LENGTHS,
    /** A check of the connection writes nothing but the lead it is given. */
    VERIFICATION
}
