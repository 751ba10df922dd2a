package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.Vendor.Entry;
import io.leaddispatch.testkit.Vendor.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A vendor with a memory: knows which leads it was sent, which it stored, and what to do with the next write. */
final class VendorServer implements AutoCloseable {
    private final Vendor vendor;
    private final ScriptedServer server;
    private final List<Lead> leads = new ArrayList<>();
    private final Set<Lead> bad = new HashSet<>();
    private final Map<Lead, Integer> stored = new HashMap<>();
    private final Queue<Move> moves = new ArrayDeque<>();
    private final List<Write> writes = new ArrayList<>();
    private Move otherwise = Move.NORMAL;
    private @Nullable Answer tokenAnswer;
    private int executed;
    private int tokens;
    private int reads;
    private @Nullable Throwable broken;

    VendorServer(Vendor vendor, ScriptedServer server) {
        this.vendor = vendor;
        this.server = server.otherwise(this::answer);
    }

    ScriptedServer server() {
        return server;
    }

    /** Leads to be told from each other in what comes. */
    synchronized void expect(List<Lead> more) {
        more.stream().filter(lead -> !leads.contains(lead)).forEach(leads::add);
    }

    synchronized void refuse(Lead lead) {
        bad.add(lead);
    }

    /** What to do with the next write, after those already told. */
    synchronized void next(Move move) {
        moves.add(move);
    }

    /** What to do with writes when nothing is told. */
    synchronized void always(Move move) {
        otherwise = move;
    }

    /** Answers requests for tokens like that, from now on. */
    synchronized void answerTokens(Answer answer) {
        tokenAnswer = answer;
    }

    private synchronized Answer answer(ReceivedRequest request) {
        try {
            return switch (vendor.kind(request)) {
                case TOKEN -> {
                    tokens++;
                    yield tokenAnswer != null ? tokenAnswer : vendor.token(request, tokens);
                }
                case READ -> {
                    reads++;
                    yield vendor.read(request, List.copyOf(stored.keySet()));
                }
                case WRITE -> write(request);
            };
        } catch (RuntimeException | Error e) { // a fault in the test, which its end reports
            broken = e;
            return Answer.of(500);
        }
    }

    private Answer write(ReceivedRequest request) {
        Write write = new Write(request, entries(request));
        Rule.holds(
                !write.entries().isEmpty(),
                "a write carries a lead (else Vendor.kind is READ or TOKEN)",
                request.target());
        writes.add(write);
        Move told = moves.poll();
        Move move = told != null ? told : otherwise;
        Answer answer = move.answering().answer(vendor, write);
        if (move.stores()) {
            executed++;
            store(write);
        }
        return answer;
    }

    private void store(Write write) {
        if (vendor.isAtomic(write.request()) && (write.anyBad() || write.anyKnown())) {
            return;
        }
        write.entries().stream()
                .filter(entry -> !entry.bad() && !entry.known())
                .forEach(entry -> stored.merge(entry.lead(), 1, Integer::sum));
    }

    private List<Entry> entries(ReceivedRequest request) {
        return leads.stream()
                .filter(lead -> vendor.position(request, lead) >= 0)
                .sorted(Comparator.comparingInt(lead -> vendor.position(request, lead)))
                .map(lead -> new Entry(lead, bad.contains(lead), stored.containsKey(lead)))
                .toList();
    }

    synchronized boolean holds(Lead lead) {
        return stored.containsKey(lead);
    }

    synchronized int storedLeads() {
        return stored.size();
    }

    /** All requests with leads, whatever became of them. */
    synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    /** How many of them were executed. */
    synchronized int executed() {
        return executed;
    }

    synchronized int tokens() {
        return tokens;
    }

    synchronized int requests() {
        return writes.size() + tokens + reads;
    }

    /** Ends the server, and says what was wrong with the test itself. */
    @Override
    public synchronized void close() {
        server.close();
        if (broken != null) {
            throw new AssertionError("the vendor of this test could not answer", broken);
        }
    }
}
