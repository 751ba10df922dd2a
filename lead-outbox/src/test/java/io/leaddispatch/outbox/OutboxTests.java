package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DeliveryPlan;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.testkit.Leads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database has to do. */
abstract class OutboxTests {
    static final Problem DOWN =
            new Problem("test.down", Category.TRANSIENT, "it is down", "wait", "503", List.of("r1"));
    static final DeliveryResult.Delivered CREATED =
            new DeliveryResult.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut"));

    private final List<LeadOutbox> opened = new ArrayList<>();
    String url;
    LeadOutbox outbox;
    LeadQueue queue;

    /** The address of an empty database. */
    abstract String newUrl();

    @BeforeEach
    void open() {
        url = newUrl();
        outbox = open(url);
        queue = outbox.queue();
    }

    @AfterEach
    void close() {
        opened.forEach(LeadOutbox::close);
    }

    LeadOutbox open(String address, Object... settings) {
        LeadOutbox one = Given.outbox(address, settings);
        opened.add(one);
        return one;
    }

    Connection connection() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "postgres");
        return DriverManager.getConnection(url, login);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void expireLeases() throws SQLException {
        execute("update lead_outbox set leased_until = 1 where leased_until > 0");
    }

    @Test
    void aLeadComesBackAsItWasStored() throws Exception {
        queue.store(Leads.unicode(), List.of("crm"), null);
        Claim claim = queue.claim("crm", 10, Given.LEASE).get(0);
        assertThat(claim.lead()).isEqualTo(Leads.unicode());
        assertThat(claim.attempts()).isZero();
        assertThat(claim.destination()).isEqualTo("crm");
    }

    @Test
    void aLeadIsStoredOnceForADestination() throws Exception {
        assertThat(Given.stored(outbox, "a", "crm")).isNotNull();
        assertThat(queue.store(Given.lead("a"), List.of("crm", "hook"), null))
                .extracting(LeadQueue.Stored::isNew)
                .containsExactly(false, true);
    }

    @Test
    void aLeadThatIsStoredAgainTellsWhatBecameOfIt() throws Exception {
        Claim done = Given.stored(outbox, "a", "crm");
        Claim refused = Given.stored(outbox, "a", "hook");
        queue.settle(List.of(new Settlement.Done(done, CREATED), new Settlement.Dead(refused, DOWN, true, false)));
        Given.stored(outbox, "a", "table");
        assertThat(queue.store(Given.lead("a"), List.of("crm", "hook", "table"), null))
                .extracting(LeadQueue.Stored::known)
                .containsExactly(
                        new Outcome.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut"), 1),
                        new Outcome.Rejected(DOWN, 1),
                        null);
    }

    @Test
    void aLeadForManyDestinationsIsStoredAsAWhole() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            names.add("d" + i);
        }
        Given.stored(outbox, "a", "d7");
        List<LeadQueue.Stored> stored = queue.store(Given.lead("a"), names, Given.LEASE);
        for (int i = 0; i < 60; i++) {
            assertThat(stored.get(i).isNew()).isEqualTo(i != 7);
            if (i != 7) {
                assertThat(stored.get(i).claim().destination()).isEqualTo("d" + i);
            }
        }
        assertThat(stored.stream()
                        .filter(one -> one.claim() != null)
                        .map(one -> one.claim().id()))
                .hasSize(59)
                .doesNotHaveDuplicates();
        assertThat(text("select count(*) from lead_outbox")).isEqualTo("60");
    }

    @Test
    void settlingManyTouchesOnlyWhatIsStillOurs() throws Exception {
        List<Claim> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(Given.stored(outbox, "l" + i, "crm"));
        }
        execute("update lead_outbox set token = 5 where lead_id in ('l1', 'l3')");
        assertThat(queue.begin(all)).isEqualTo(4);
        assertThat(queue.renew(all, Given.LEASE)).isEqualTo(4);
        List<Settlement> settlements = new ArrayList<>();
        all.subList(0, 2).forEach(claim -> settlements.add(new Settlement.Done(claim, CREATED)));
        all.subList(2, 4)
                .forEach(claim -> settlements.add(
                        new Settlement.Later(claim, Instant.now().plusSeconds(600), DOWN, true)));
        all.subList(4, 6).forEach(claim -> settlements.add(new Settlement.Dead(claim, DOWN, true, true)));
        assertThat(queue.settle(settlements)).isEqualTo(4);
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            LeadHistory history = outbox.history(LeadId.of("l" + i)).get(0);
            failed.add(history.state() + " " + history.attempts() + " "
                    + history.failures().size());
        }
        assertThat(failed)
                .containsExactly(
                        "DELIVERED 1 0", "LEASED 0 0", "WAITING 1 1", "LEASED 0 0", "REJECTED 1 1", "REJECTED 1 1");
    }

    @Test
    void howDeliveriesEndedIsToldToAllProcesses() throws Exception {
        List<LeadId> asked = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            Claim claim = Given.stored(outbox, "l" + i, "crm");
            asked.add(claim.lead().id());
            if (i % 2 == 0) {
                queue.settle(List.of(new Settlement.Done(claim, CREATED)));
            }
        }
        Map<LeadId, Outcome> told = open(url).queue().outcomes("crm", asked);
        assertThat(told).hasSize(225).doesNotContainKey(LeadId.of("l1"));
        assertThat(told.get(LeadId.of("l448")))
                .isEqualTo(new Outcome.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut"), 1));
        assertThat(queue.outcomes("hook", asked)).isEmpty();
        assertThat(queue.outcomes("crm", List.of())).isEmpty();
    }

    @Test
    void aLeasedLeadIsNobodyElses() throws Exception {
        Given.stored(outbox, "a", "crm");
        assertThat(queue.claim("crm", 10, Given.LEASE)).isEmpty();
        assertThat(queue.waiting("crm")).isZero();
    }

    @Test
    void anExpiredLeaseIsTakenOverAndTheFirstHolderFenced() throws Exception {
        Claim first = Given.stored(outbox, "a", "crm");
        expireLeases();
        LeadQueue other = open(url).queue();
        Claim second = other.claim("crm", 10, Given.LEASE).get(0);
        assertThat(queue.settle(List.of(new Settlement.Done(first, CREATED)))).isZero();
        assertThat(queue.renew(List.of(first), Given.LEASE)).isZero();
        assertThat(outbox.history(LeadId.of("a")).get(0).state()).isEqualTo(LeadHistory.State.LEASED);
        assertThat(other.renew(List.of(second), Given.LEASE)).isEqualTo(1);
        assertThat(other.settle(List.of(new Settlement.Done(second, CREATED)))).isEqualTo(1);
    }

    @Test
    void everySettlementEndsTheLeaseOnce() throws Exception {
        Claim claim = Given.stored(outbox, "a", "crm");
        assertThat(queue.settle(List.of(new Settlement.Released(claim)))).isEqualTo(1);
        assertThat(queue.settle(List.of(new Settlement.Done(claim, CREATED)))).isZero();
        assertThat(queue.waiting("crm")).isEqualTo(1);
    }

    @Test
    void anAttemptThatFailedIsCountedAndWaits() throws Exception {
        Claim claim = Given.stored(outbox, "a", "crm");
        queue.settle(List.of(new Settlement.Later(claim, Instant.now().plusSeconds(3_600), DOWN, true)));
        assertThat(queue.claim("crm", 10, Given.LEASE)).isEmpty();
        execute("update lead_outbox set due_at = 1");
        assertThat(queue.claim("crm", 10, Given.LEASE))
                .singleElement()
                .extracting(Claim::attempts)
                .isEqualTo(1);
    }

    @Test
    void pausesAndReleasesBurnNoAttempt() throws Exception {
        Claim claim = Given.stored(outbox, "a", "crm");
        for (int i = 0; i < 20; i++) {
            queue.settle(List.of(
                    i % 2 == 0
                            ? new Settlement.Released(claim)
                            : new Settlement.Later(claim, Instant.now(), DOWN, false)));
            claim = queue.claim("crm", 1, Given.LEASE).get(0);
        }
        assertThat(claim.attempts()).isZero();
    }

    @Test
    void aLeadThatEndsItsHoldersBecomesADeadLetterAndItsCompanionsDoNot() throws Exception {
        for (String id : List.of("poison", "b", "c", "d")) {
            Given.stored(outbox, id, "crm");
        }
        int deaths = 1;
        expireLeases();
        List<Claim> held = queue.claim("crm", 10, Given.LEASE);
        while (!held.isEmpty()
                || outbox.deadLetters().list(DeadLetterQuery.ALL, 10, 0).isEmpty()) {
            if (Given.ids(held).contains("poison")) { // the holder dies with all it has
                deaths++;
                assertThat(deaths).isLessThanOrEqualTo(5);
                expireLeases();
            } else {
                held.forEach(claim -> queue.settle(List.of(new Settlement.Done(claim, CREATED))));
            }
            held = queue.claim("crm", 10, Given.LEASE);
        }
        assertThat(deaths).isEqualTo(5);
        assertThat(outbox.deadLetters().list(DeadLetterQuery.ALL, 10, 0))
                .extracting(
                        letter -> letter.lead().value() + " " + letter.problem().code() + " " + letter.mayExist())
                .containsExactly("poison outbox.poison true");
        while (!held.isEmpty() || queue.waiting("crm") > 0) {
            held.forEach(claim -> queue.settle(List.of(new Settlement.Done(claim, CREATED))));
            held = queue.claim("crm", 10, Given.LEASE);
        }
        assertThat(outbox.stats().destinations().get("crm").done()).isEqualTo(3);
    }

    @Test
    void whatIsPutAsideIsWarnedOfWithItsRemedy() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        String wrong = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        for (String name : List.of("k1", "k2")) {
            LeadOutbox keyed = open(url, "keys", Map.of(name, key), "encryptWith", name);
            for (String id : List.of("a", "b")) {
                keyed.queue().store(Given.lead(name + id), List.of(name), null);
            }
        }
        Given.stored(outbox, "poison", "crm");
        execute("update lead_outbox set lost = 4, leased_until = 1 where destination = 'crm'");
        try (Warnings warnings = new Warnings()) {
            LeadQueue worker = open(url, "keys", Map.of("k1", wrong)).queue();
            for (String destination : List.of("crm", "k1", "k2", "k2")) {
                execute("update lead_outbox set due_at = 1 where leased_until = 0");
                assertThat(worker.claim(destination, 10, Given.LEASE)).isEmpty();
            }
            assertThat(warnings.of("outbox.poison"))
                    .singleElement()
                    .satisfies(text -> assertThat(text)
                            .contains("poison", OutboxProblems.POISON.problem().remedy()));
            assertThat(warnings.of("outbox.unreadable"))
                    .singleElement()
                    .satisfies(
                            text -> assertThat(text).contains("2 leads", "k1a").doesNotContain("@"));
            assertThat(warnings.of("outbox.unknown-key")).hasSize(1);
        }
    }

    @Test
    void leadsOfOneKeyAreLeasedOneAtATime() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            queue.store(Given.lead(id), List.of("crm"), List.of("same@example.com"), null);
        }
        queue.store(Given.lead("other"), List.of("crm"), List.of("other@example.com"), null);
        List<Claim> first = queue.claim("crm", 10, Given.LEASE);
        assertThat(Given.ids(first)).containsExactlyInAnyOrder("a", "other");
        assertThat(open(url).queue().claim("crm", 10, Given.LEASE)).isEmpty();
        first.forEach(claim -> queue.settle(List.of(new Settlement.Done(claim, CREATED))));
        assertThat(Given.ids(queue.claim("crm", 10, Given.LEASE))).containsExactly("b");
    }

    @Test
    void aLeadWhoseKeyIsInFlightIsStoredButNotLeased() throws Exception {
        assertThat(queue.store(Given.lead("a"), List.of("crm"), List.of("k"), Given.LEASE)
                        .get(0)
                        .claim())
                .isNotNull();
        LeadQueue.Stored second = queue.store(Given.lead("b"), List.of("crm"), List.of("k"), Given.LEASE)
                .get(0);
        assertThat(second.isNew()).isTrue();
        assertThat(second.claim()).isNull();
    }

    @Test
    void aKeyExcludesAcrossDestinations() throws Exception {
        List<LeadQueue.Stored> stored =
                queue.store(Given.lead("a"), List.of("crm", "forms"), List.of("k", "k"), Given.LEASE);
        assertThat(stored).allMatch(LeadQueue.Stored::isNew);
        Claim first = stored.get(0).claim();
        assertThat(first).isNotNull();
        assertThat(stored.get(1).claim()).isNull();
        LeadQueue other = open(url).queue();
        assertThat(other.claim("forms", 10, Given.LEASE)).isEmpty();
        queue.settle(List.of(new Settlement.Done(first, CREATED)));
        assertThat(Given.ids(other.claim("forms", 10, Given.LEASE))).containsExactly("a");
    }

    @Test
    void aLeadThatWaitsAtOneDestinationHoldsNobodyBackAtAnother() throws Exception {
        queue.store(Given.lead("a"), List.of("away"), List.of("k"), null);
        queue.store(Given.lead("b"), List.of("crm"), List.of("k"), null);
        assertThat(Given.ids(queue.claim("crm", 10, Given.LEASE))).containsExactly("b");
    }

    @Test
    void aHeldKeyKeepsOtherLeadsAwayUntilItsOwnIsClaimedAgain() throws Exception {
        Claim first = queue.store(Given.lead("a"), List.of("crm"), List.of("k"), Given.LEASE)
                .get(0)
                .claim();
        queue.store(Given.lead("b"), List.of("crm", "forms"), List.of("k", "k"), null);
        queue.settle(List.of(new Settlement.Later(first, Instant.now().plusSeconds(600), DOWN, true, true)));
        LeadQueue other = open(url).queue();
        assertThat(other.claim("crm", 10, Given.LEASE)).isEmpty();
        assertThat(other.claim("forms", 10, Given.LEASE)).isEmpty();
        LeadQueue.Stored third = other.store(Given.lead("c"), List.of("crm"), List.of("k"), Given.LEASE)
                .get(0);
        assertThat(third.isNew()).isTrue();
        assertThat(third.claim()).isNull();
        execute("update lead_outbox set due_at = 5 where lead_id = 'a'");
        execute("update lead_outbox set due_at = 1 where lead_id <> 'a'"); // they waited for longer
        List<Claim> again = other.claim("crm", 10, Given.LEASE);
        assertThat(Given.ids(again)).containsExactly("a");
        other.settle(List.of(new Settlement.Done(again.get(0), CREATED)));
        assertThat(Given.ids(other.claim("forms", 10, Given.LEASE))).containsExactly("b");
    }

    @Test
    void aKeyThatIsNoLongerHeldIsFree() throws Exception {
        Claim first = queue.store(Given.lead("a"), List.of("crm"), List.of("k"), Given.LEASE)
                .get(0)
                .claim();
        queue.settle(List.of(new Settlement.Later(first, Instant.now(), DOWN, true, true)));
        Claim again = queue.claim("crm", 10, Given.LEASE).get(0);
        queue.settle(List.of(new Settlement.Later(again, Instant.now().plusSeconds(600), DOWN, true, false)));
        Claim second = queue.store(Given.lead("b"), List.of("crm"), List.of("k"), Given.LEASE)
                .get(0)
                .claim();
        assertThat(second).isNotNull();
        queue.settle(List.of(new Settlement.Later(second, Instant.now().plusSeconds(600), DOWN, true, true)));
        assertThat(outbox.forget("b@example.com")).isEqualTo(1);
        assertThat(queue.store(Given.lead("c"), List.of("crm"), List.of("k"), Given.LEASE)
                        .get(0)
                        .claim())
                .isNotNull();
    }

    @Test
    void anExpiredLeaseDoesNotBlockItsKeyForEver() throws Exception {
        queue.store(Given.lead("a"), List.of("crm"), List.of("k"), Given.LEASE);
        queue.store(Given.lead("b"), List.of("crm"), List.of("k"), null);
        execute("update lead_outbox set due_at = 1 where lead_id = 'b'");
        expireLeases();
        List<Claim> again = queue.claim("crm", 10, Given.LEASE);
        assertThat(Given.ids(again)).containsExactly("a");
        queue.settle(List.of(new Settlement.Done(again.get(0), CREATED)));
        assertThat(Given.ids(queue.claim("crm", 10, Given.LEASE))).containsExactly("b");
    }

    @Test
    void manyWorkersGetEveryLeadExactlyOnce() throws Exception {
        int leads = 2_000;
        for (int i = 0; i < leads; i++) {
            queue.store(Given.lead("l" + i), List.of("crm"), List.of("key" + i % 700), null);
        }
        List<String> got = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Set<String> busy = java.util.concurrent.ConcurrentHashMap.newKeySet();
        List<Thread> workers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            LeadQueue mine = open(url).queue();
            Thread worker = new Thread(() -> {
                while (got.size() < leads) {
                    List<Claim> claims = mine.claim("crm", 50, Given.LEASE);
                    assertThat(claims.size()).isLessThanOrEqualTo(50);
                    for (Claim claim : claims) {
                        String key = "key"
                                + Integer.parseInt(claim.lead().id().value().substring(1)) % 700;
                        assertThat(busy.add(key)).as("%s twice in flight", key).isTrue();
                    }
                    got.addAll(Given.ids(claims));
                    claims.forEach(claim -> busy.remove(
                            "key" + Integer.parseInt(claim.lead().id().value().substring(1)) % 700));
                    mine.settle(claims.stream()
                            .<Settlement>map(claim -> new Settlement.Done(claim, CREATED))
                            .toList());
                }
            });
            worker.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
            workers.add(worker);
        }
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(failures).isEmpty();
        assertThat(got).hasSize(leads);
        assertThat(new HashSet<>(got)).hasSize(leads);
        assertThat(outbox.stats().destinations().get("crm").done()).isEqualTo(leads);
    }

    @Test
    void theBooksAddUp() throws Exception {
        queue.settle(List.of(
                new Settlement.Done(Given.stored(outbox, "a", "crm"), CREATED),
                new Settlement.Dead(Given.stored(outbox, "b", "crm"), DOWN, true, false),
                new Settlement.Dead(Given.stored(outbox, "c", "crm"), DOWN, false, true),
                new Settlement.Released(Given.stored(outbox, "d", "crm"))));
        Given.stored(outbox, "e", "crm");
        OutboxStats.Books books = outbox.stats().destinations().get("crm");
        assertThat(List.of(
                        books.stored(), books.done(), books.rejected(), books.dead(), books.waiting(), books.leased()))
                .containsExactly(5L, 1L, 1L, 1L, 1L, 1L);
        assertThat(books.oldestOpen()).isNotNull();
    }

    @Test
    void pausesAreSeenByAllProcesses() {
        Instant until = Instant.now().plusSeconds(100);
        queue.pause("lane crm", until, DOWN);
        queue.pause("lane hook", null, DOWN);
        LeadQueue other = open(url).queue();
        assertThat(other.pauses().get("lane crm"))
                .isCloseTo(until, org.assertj.core.api.Assertions.within(30, java.time.temporal.ChronoUnit.SECONDS));
        assertThat(other.pauses().get("lane hook")).isEqualTo(Instant.MAX);
        assertThat(outbox.stats().pauses().get(0).why().code()).isEqualTo("test.down");
        other.pause("lane hook", Instant.now(), DOWN);
        assertThat(queue.pauses()).doesNotContainKey("lane hook");
    }

    @Test
    void anothersLongerPauseIsNeitherShortenedNorEnded() {
        LeadQueue other = open(url).queue();
        Instant late = Instant.now().plusSeconds(3_600);
        queue.pause("lane crm", late, DOWN);
        other.pause("lane crm", Instant.now().plusSeconds(60), OutboxProblems.POISON.problem());
        other.pause("lane crm", Instant.now(), DOWN);
        assertThat(other.pauses().get("lane crm")).isAfter(late.minusSeconds(30));
        assertThat(outbox.stats().pauses().get(0).why().code()).isEqualTo("test.down");
        queue.pause("lane crm", Instant.now().plusSeconds(100), DOWN);
        assertThat(other.pauses().get("lane crm")).isBefore(late.minusSeconds(600));
        queue.pause("lane crm", Instant.now(), DOWN);
        assertThat(other.pauses()).isEmpty();
        queue.pause("lane crm", null, DOWN);
        other.pause("lane crm", Instant.now().plusSeconds(60), DOWN);
        assertThat(queue.pauses().get("lane crm")).isEqualTo(Instant.MAX);
    }

    @Test
    void historyTellsWhereALeadWent() throws Exception {
        Claim claim = Given.stored(outbox, "a", "crm");
        queue.settle(List.of(new Settlement.Later(claim, Instant.now().minusSeconds(1), DOWN, true)));
        queue.settle(
                List.of(new Settlement.Done(queue.claim("crm", 1, Given.LEASE).get(0), CREATED)));
        LeadHistory history = outbox.history(LeadId.of("a")).get(0);
        assertThat(history.state()).isEqualTo(LeadHistory.State.DELIVERED);
        assertThat(history.attempts()).isEqualTo(2);
        assertThat(history.recordId()).isEqualTo("rec-1");
        assertThat(history.notes()).containsExactly("title: cut");
        assertThat(history.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.code() + failure.number() + failure.vendorCode())
                        .isEqualTo("test.down1503"));
        assertThat(outbox.history(LeadId.of("nobody"))).isEmpty();
    }

    @Test
    void deadLettersAreListedByWhatIsAsked() throws Exception {
        queue.settle(List.of(
                new Settlement.Dead(Given.stored(outbox, "a", "crm"), DOWN, true, false),
                new Settlement.Dead(Given.stored(outbox, "b", "hook"), DOWN, false, true),
                new Settlement.Dead(Given.stored(outbox, "c", "hook"), OutboxProblems.POISON.problem(), false, true)));
        DeadLetters dead = outbox.deadLetters();
        assertThat(found(dead, DeadLetterQuery.ALL)).containsExactly("a", "b", "c");
        assertThat(found(dead, DeadLetterQuery.ALL.withDestination("hook"))).containsExactly("b", "c");
        assertThat(found(dead, DeadLetterQuery.ALL.withCode("test.down"))).containsExactly("a", "b");
        assertThat(found(dead, DeadLetterQuery.ALL.withLead(LeadId.of("b")))).containsExactly("b");
        Instant now = Instant.now();
        assertThat(found(dead, DeadLetterQuery.ALL.during(now.minusSeconds(600), now.plusSeconds(600))))
                .hasSize(3);
        assertThat(found(dead, DeadLetterQuery.ALL.during(now.plusSeconds(600), null)))
                .isEmpty();
        DeadLetter first = dead.list(DeadLetterQuery.ALL, 1, 0).get(0);
        assertThat(first.problem()).isEqualTo(DOWN);
        assertThat(first.rejected()).isTrue();
        assertThat(found(dead, DeadLetterQuery.ALL.withId(first.id()))).containsExactly("a");
        assertThat(dead.lead(first.id())).isEqualTo(Given.lead("a"));
        assertThat(dead.lead(first.id() + 1_000)).isNull();
    }

    private static List<String> found(DeadLetters dead, DeadLetterQuery query) {
        List<String> ids = new ArrayList<>();
        dead.forEach(query, letter -> ids.add(letter.lead().value()));
        return ids;
    }

    @Test
    void replayedLettersAreDueAgainWithTheirIdsAndNoFasterThanAsked() throws Exception {
        for (int i = 0; i < 4; i++) {
            queue.settle(List.of(new Settlement.Dead(Given.stored(outbox, "l" + i, "crm"), DOWN, false, true)));
        }
        assertThat(outbox.deadLetters().replay(DeadLetterQuery.ALL, 1)).isEqualTo(4);
        assertThat(Long.parseLong(text("select max(due_at) - min(due_at) from lead_outbox")))
                .isBetween(3_000L, 3_900L);
        execute("update lead_outbox set due_at = 1");
        assertThat(queue.claim("crm", 10, Given.LEASE))
                .hasSize(4)
                .allSatisfy(claim -> assertThat(claim.attempts()).isZero())
                .extracting(claim -> claim.lead().id().value())
                .contains("l0", "l3");
    }

    @Test
    void aReplayedLetterHasItsWholeTimeAgainAndIsStillKnownToBeThereMaybe() throws Exception {
        queue.settle(List.of(new Settlement.Dead(Given.stored(outbox, "a", "crm"), DOWN, false, true)));
        execute("update lead_outbox set stored_at = 1000");
        outbox.deadLetters().replay(DeadLetterQuery.ALL, 10);
        Claim again = queue.claim("crm", 10, Given.LEASE).get(0);
        assertThat(again.storedAt()).isAfter(Instant.now().minusSeconds(60));
        assertThat(outbox.history(LeadId.of("a")).get(0).storedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
        queue.settle(List.of(new Settlement.Dead(again, DOWN, false, false)));
        assertThat(outbox.deadLetters().list(DeadLetterQuery.ALL, 10, 0))
                .singleElement()
                .satisfies(letter -> assertThat(letter.mayExist()).isTrue());
    }

    @Test
    void purgedLettersAreGone() throws Exception {
        queue.settle(List.of(
                new Settlement.Dead(Given.stored(outbox, "a", "crm"), DOWN, true, false),
                new Settlement.Done(Given.stored(outbox, "b", "crm"), CREATED)));
        assertThat(outbox.deadLetters().purge(DeadLetterQuery.ALL)).isEqualTo(1);
        assertThat(outbox.history(LeadId.of("a"))).isEmpty();
        assertThat(outbox.history(LeadId.of("b"))).hasSize(1);
        assertThat(text("select count(*) from lead_outbox_attempt")).isEqualTo("0");
    }

    @Test
    void exportedLettersAreLeadsAgain() throws Exception {
        queue.settle(List.of(new Settlement.Dead(Given.stored(outbox, "a", "crm"), DOWN, true, false)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(outbox.deadLetters().export(DeadLetterQuery.ALL, out)).isEqualTo(1);
        Lead lead = io.leaddispatch.json.LeadJson.read(out.toString(StandardCharsets.UTF_8));
        assertThat(lead).isEqualTo(Given.lead("a"));
        assertThat(ExportedLead.read(out.toByteArray())).isEqualTo(new ExportedLead(lead, "crm"));
        assertThat(outbox.enqueue(lead, List.of("hook"))).isEqualTo(1);
        assertThat(outbox.enqueue(lead, List.of("hook"))).isZero();
    }

    @Test
    void aPlanJoinsTheCallersTransaction() throws Exception {
        DeliveryPlan plan = new DeliveryPlan(Given.lead("a"), Map.of("crm", "a"), Map.of());
        outbox.stats();
        try (Connection host = connection()) {
            assertThatThrownBy(() -> outbox.enqueue(host, plan)).isInstanceOf(IllegalArgumentException.class);
            host.setAutoCommit(false);
            assertThat(outbox.enqueue(host, plan)).isEqualTo(1);
            assertThat(outbox.enqueue(host, plan)).isZero();
            assertThat(host.getAutoCommit()).isFalse();
            host.rollback();
            assertThat(outbox.history(LeadId.of("a"))).isEmpty();
            assertThat(outbox.enqueue(host, plan)).isEqualTo(1);
            host.commit();
            assertThat(host.isClosed()).isFalse();
        }
        assertThat(Given.ids(queue.claim("crm", 10, Given.LEASE))).containsExactly("a");
    }

    @Test
    void contentIsRemovedAndTheIdKept() throws Exception {
        queue.settle(List.of(new Settlement.Done(Given.stored(outbox, "a", "crm"), CREATED)));
        assertThat(outbox.retain()).isZero();
        execute("update lead_outbox set changed_at = changed_at - 8 * 86400000");
        assertThat(outbox.retain()).isEqualTo(1);
        assertThat(text("select payload from lead_outbox")).isNull();
        assertThat(queue.store(Given.lead("a"), List.of("crm"), null).get(0).isNew())
                .isFalse();
        execute("update lead_outbox set changed_at = changed_at - 7776000000");
        assertThat(outbox.retain()).isEqualTo(1);
        assertThat(outbox.history(LeadId.of("a"))).isEmpty();
    }

    @Test
    void contentAndIdMayGoAtOnce() throws Exception {
        LeadOutbox brief = open(url, "keepContent", "1ms");
        brief.queue().settle(List.of(new Settlement.Done(Given.stored(brief, "a", "crm"), CREATED)));
        assertThat(text("select payload from lead_outbox")).isNull();
        LeadOutbox none = open(url, "keepIds", "1ms");
        none.queue().settle(List.of(new Settlement.Done(Given.stored(none, "b", "crm"), CREATED)));
        assertThat(outbox.history(LeadId.of("b"))).isEmpty();
        assertThat(outbox.history(LeadId.of("a"))).hasSize(1);
    }

    @Test
    void whatFailedBeforeGoesWithTheRow() throws Exception {
        LeadOutbox none = open(url, "keepIds", "1ms");
        for (String id : List.of("a", "b")) {
            Claim claim = Given.stored(none, id, "crm");
            none.queue().settle(List.of(new Settlement.Later(claim, Instant.now(), DOWN, true)));
        }
        List<Claim> again = none.queue().claim("crm", 10, Given.LEASE);
        assertThat(text("select count(*) from lead_outbox_attempt")).isEqualTo("2");
        none.queue()
                .settle(again.stream()
                        .<Settlement>map(claim -> new Settlement.Done(claim, CREATED))
                        .toList());
        assertThat(text("select count(*) from lead_outbox")).isEqualTo("0");
        assertThat(text("select count(*) from lead_outbox_attempt")).isEqualTo("0");
    }

    @Test
    void aPersonIsForgotten() throws Exception {
        Lead lead = Given.lead("a");
        queue.store(lead, List.of("crm", "hook"), null);
        queue.store(Given.lead("b"), List.of("crm"), null);
        Claim claim = queue.claim("crm", 1, Given.LEASE).get(0);
        queue.settle(List.of(new Settlement.Later(claim, Instant.now(), DOWN, true)));
        assertThat(outbox.forget("  A@Example.COM ")).isEqualTo(2);
        assertThat(outbox.forget("a@example.com")).isZero();
        assertThat(outbox.forget(" ")).isZero();
        assertThat(text("select count(*) from lead_outbox")).isEqualTo("1");
        assertThat(text("select count(*) from lead_outbox_attempt")).isEqualTo("0");
        assertThat(text("select email_hash from lead_outbox")).doesNotContain("example");
    }

    @Test
    void contentAtRestIsEncryptedAndKeysRotate() throws Exception {
        String one = Base64.getEncoder().encodeToString(new byte[32]);
        String two = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        LeadOutbox first = open(url, "keys", Map.of("k1", one), "encryptWith", "k1");
        first.queue().store(Leads.ada(), List.of("crm"), null);
        assertThat(text("select payload from lead_outbox"))
                .startsWith("aes:k1:")
                .doesNotContain("@"); // three letters may stand in Base64 by chance
        LeadOutbox second = open(url, "keys", Map.of("k1", one, "k2", two), "encryptWith", "k2");
        second.queue().store(Leads.grace(), List.of("crm"), null);
        assertThat(second.queue().claim("crm", 10, Given.LEASE))
                .extracting(Claim::lead)
                .containsExactlyInAnyOrder(Leads.ada(), Leads.grace());
    }

    @Test
    void contentThatItsKeyCannotReadIsKeptAsADeadLetterAndReplayed() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        String wrong = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        LeadOutbox keyed = open(url, "keys", Map.of("k1", key), "encryptWith", "k1");
        keyed.queue().store(Leads.ada(), List.of("crm"), null);
        assertThat(open(url, "keys", Map.of("k1", wrong)).queue().claim("crm", 10, Given.LEASE))
                .isEmpty();
        assertThat(outbox.deadLetters().list(DeadLetterQuery.ALL, 10, 0))
                .singleElement()
                .satisfies(letter -> assertThat(letter.problem().code()).isEqualTo("outbox.unreadable"));
        keyed.deadLetters().replay(DeadLetterQuery.ALL.withCode("outbox.unreadable"), 10);
        assertThat(keyed.queue().claim("crm", 10, Given.LEASE)).hasSize(1);
    }

    @Test
    void contentUnderAKeyThatIsNotKnownHereWaitsForAProcessThatKnowsIt() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        LeadOutbox keyed = open(url, "keys", Map.of("k2", key), "encryptWith", "k2");
        keyed.queue().store(Leads.ada(), List.of("crm"), null);
        queue.store(Given.lead("plain"), List.of("crm"), null);
        assertThat(Given.ids(queue.claim("crm", 10, Given.LEASE))).containsExactly("plain");
        assertThat(outbox.deadLetters().list(DeadLetterQuery.ALL, 10, 0)).isEmpty();
        LeadHistory history = outbox.history(Leads.ada().id()).get(0);
        assertThat(history.state()).isEqualTo(LeadHistory.State.WAITING);
        assertThat(history.problem().code()).isEqualTo("outbox.unknown-key");
        assertThat(history.dueAt())
                .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(61));
        assertThat(text("select claims || ' ' || lost || ' ' || attempts from lead_outbox where claims = 0"))
                .isEqualTo("0 0 0");
        execute("update lead_outbox set due_at = 1 where leased_until = 0");
        assertThat(keyed.queue().claim("crm", 10, Given.LEASE))
                .extracting(Claim::lead)
                .containsExactly(Leads.ada());
    }

    @Test
    void closingGivesBackWhatThisProcessHolds() throws Exception {
        Given.stored(outbox, "a", "crm");
        outbox.close();
        outbox.close();
        assertThat(Given.ids(open(url).queue().claim("crm", 10, Given.LEASE))).containsExactly("a");
        assertThat(text("select lost || ' ' || claims from lead_outbox")).isEqualTo("0 1");
        assertThatThrownBy(() -> queue.waiting("crm")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingKeepsTheLeaseOfWhatMayHaveBeenSent() throws Exception {
        Claim begun = Given.stored(outbox, "begun", "crm");
        Given.stored(outbox, "waiting", "crm");
        assertThat(queue.begin(List.of(begun))).isEqualTo(1);
        outbox.close();
        LeadQueue other = open(url).queue();
        assertThat(Given.ids(other.claim("crm", 10, Given.LEASE))).containsExactly("waiting");
        execute("update lead_outbox set leased_until = 1 where lead_id = 'begun'");
        assertThat(other.claim("crm", 10, Given.LEASE))
                .singleElement()
                .satisfies(claim -> assertThat(claim.maybeSent()).isTrue());
    }

    @Test
    void waitingForWorkEndsWithWorkAndWithTime() throws Exception {
        assertThat(queue.awaitWork("crm", Duration.ofMillis(1))).isFalse();
        Thread producer = new Thread(() -> {
            try {
                queue.store(Given.lead("a"), List.of("crm"), null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        producer.start();
        assertThat(queue.awaitWork("crm", Duration.ofSeconds(50))).isTrue();
        producer.join();
    }

    @Test
    void anInterruptedCallerStoresNothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.store(Given.lead("a"), List.of("crm"), null))
                .isInstanceOf(InterruptedException.class);
        assertThat(outbox.history(LeadId.of("a"))).isEmpty();
    }

    @Test
    void tablesAreMadeOnceByWhoeverComesFirst() throws Exception {
        String fresh = newUrl();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LeadOutbox one = open(fresh);
            Thread thread = new Thread(one::stats);
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            all.add(thread);
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void withoutAutoCreateMissingTablesAreNamed() {
        LeadOutbox checking = open(newUrl(), "autoCreate", "check");
        assertThatThrownBy(checking::stats).isInstanceOf(OutboxException.class).hasMessageContaining("-1.sql");
    }

    @Test
    void tablesMadeByHandServeWhateverAutoCreateSays() throws Exception {
        for (String autoCreate : List.of("check", "off", "on")) {
            url = newUrl();
            try (Connection connection = connection();
                    Statement statement = connection.createStatement()) {
                for (String one : script(url).split(";\\s*\n")) {
                    statement.execute(one);
                }
            }
            LeadOutbox made = open(url, "autoCreate", autoCreate);
            LeadOutbox beside = open(url, "autoCreate", autoCreate);
            assertThat(made.queue().store(Given.lead("a"), List.of("crm"), null))
                    .hasSize(1);
            assertThat(Given.ids(beside.queue().claim("crm", 10, Given.LEASE))).containsExactly("a");
            assertThat(text("select hash_key from lead_outbox_schema")).matches("[0-9a-f]{64}");
            assertThat(text("select count(*) from lead_outbox_schema")).isEqualTo("1");
            assertThat(beside.forget("a@example.com")).isEqualTo(1);
        }
    }

    private static String script(String url) throws IOException {
        String name = url.startsWith("jdbc:sqlite:") ? "sqlite-1.sql" : "postgresql-1.sql";
        try (InputStream in = LeadOutbox.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anOlderWorkerGoesOnBesideNewerTables() throws Exception {
        outbox.stats();
        execute("alter table lead_outbox add column score integer");
        execute("update lead_outbox_schema set version = 2");
        Claim claim = Given.stored(open(url), "a", "crm");
        assertThat(queue.settle(List.of(new Settlement.Done(claim, CREATED)))).isEqualTo(1);
    }

    @Test
    void tablesOfAnotherMajorVersionAreLeftAlone() throws Exception {
        outbox.stats();
        execute("update lead_outbox_schema set version = 9, readable_by = 9");
        assertThatThrownBy(() -> open(url).stats())
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("version 9");
    }
}
