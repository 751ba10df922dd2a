package io.leaddispatch.testkit;

import io.leaddispatch.Lead;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's server answers, as the contract of destinations needs it: real answers, word by word, and nothing
 * else. What is stored, which answer is due and which lead is bad is decided by the contract. Called by several threads
 * at once.
 */
public interface Vendor {
    /** What a request is. */
    enum Kind {
        /** It asks for a token. */
        TOKEN,
        /** It asks for something, or sets up something, and writes no lead. */
        READ,
        /** It writes one lead or more. */
        WRITE
    }

    /**
     * One lead in a request.
     *
     * @param lead the lead
     * @param bad whether the vendor refuses it, for good
     * @param known whether an earlier request has stored it
     */
    record Entry(Lead lead, boolean bad, boolean known) {}

    /**
     * A request that writes leads.
     *
     * @param request the request
     * @param entries its leads, in the order in which they stand in it; at least one
     */
    record Write(ReceivedRequest request, List<Entry> entries) {
        /** Copies the list. */
        public Write {
            entries = List.copyOf(entries);
        }

        /** Whether one lead at least is refused. */
        public boolean anyBad() {
            return entries.stream().anyMatch(Entry::bad);
        }

        /** Whether one lead at least is there already. */
        public boolean anyKnown() {
            return entries.stream().anyMatch(Entry::known);
        }
    }

    /**
     * What the request is.
     *
     * @implSpec Says that each writes leads.
     */
    default Kind kind(ReceivedRequest request) {
        return Kind.WRITE;
    }

    /**
     * The answer to a request for a token.
     *
     * @param number counts the tokens from 1, so that they can differ
     * @implSpec Throws: there are no tokens.
     */
    default Answer token(ReceivedRequest request, int number) {
        throw new UnsupportedOperationException("this vendor gives no tokens");
    }

    /**
     * The answer to a request that writes no lead.
     *
     * @param stored the leads that are there
     * @implSpec Throws: there are no such requests.
     */
    default Answer read(ReceivedRequest request, List<Lead> stored) {
        throw new UnsupportedOperationException("nothing can be read at this vendor");
    }

    /** The answer to leads: what is said of those that are stored, of bad ones, and of those that are there already. */
    Answer answer(Write write);

    /**
     * The answer of a vendor that wants fewer requests. Nothing of the request is executed.
     *
     * @param retryAfter for how long, if this vendor's answers say so
     */
    Answer throttled(Duration retryAfter);

    /** The answer to credentials that are refused, or to a token that has expired. Nothing is executed. */
    Answer refusedCredentials(ReceivedRequest request);

    /**
     * Whether a request with one bad lead, or with one that is there already, stores none of its leads.
     *
     * @implSpec Says that the others are stored.
     */
    default boolean isAtomic(ReceivedRequest write) {
        return false;
    }

    /**
     * Whether status and headers of an answer say all, so that it means the same with any body.
     *
     * @implSpec Says no: a body that cannot be read says nothing about the leads.
     */
    default boolean needsNoBody() {
        return false;
    }

    /**
     * By what this vendor tells a repeated lead: the value that this request carries for that lead.
     *
     * @return null if it has nothing of the kind
     * @implSpec Returns null.
     */
    default @Nullable String key(ReceivedRequest write, Lead lead) {
        return null;
    }

    /**
     * Where in a request this lead stands.
     *
     * @return a number that grows with the position, or -1 if it is not there
     * @implSpec Looks for the lead's e-mail address in the body, as it is and as in a form.
     */
    default int position(ReceivedRequest write, Lead lead) {
        String email = lead.contact().email();
        if (email == null) {
            return -1;
        }
        String body = write.body().toLowerCase(Locale.ROOT);
        String address = email.toLowerCase(Locale.ROOT);
        int plain = body.indexOf(address);
        return plain >= 0 ? plain : body.indexOf(form(address));
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
}
