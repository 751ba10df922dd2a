package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();
    private final SerialKeys keys = new SerialKeys(() -> {});

    @Test
    void theOldestGoFirstUpToTheMost() {
        List.of("a", "b", "c").forEach(id -> backlog.add(delivery(id)));
        assertThat(take(2)).containsExactly("a", "b");
        assertThat(backlog.size()).isEqualTo(1);
        assertThat(take(2)).containsExactly("c");
        assertThat(backlog.take(2, false, keys)).isNull();
        assertThat(backlog.size()).isZero();
    }

    @Test
    void whatIsPutBackHasItsOldPlace() {
        Delivery first = delivery("a");
        backlog.add(first);
        backlog.add(delivery("b"));
        assertThat(take(1)).containsExactly("a");
        backlog.release(first);
        backlog.putBack(first);
        assertThat(backlog.size()).isEqualTo(2);
        assertThat(take(2)).containsExactly("a", "b");
    }

    @Test
    void placesAreKeptWhateverLeavesAndComesBackBetweenThem() {
        Random random = new Random(7);
        TreeMap<Integer, Delivery> expected = new TreeMap<>();
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int place = random.nextInt(all.size() + 1);
            if (place == all.size()) {
                all.add(delivery("d" + place));
                backlog.add(all.get(place));
                expected.put(place, all.get(place));
            } else if (expected.remove(place) != null) {
                backlog.remove(all.get(place));
            } else {
                backlog.putBack(all.get(place));
                expected.put(place, all.get(place));
            }
            assertThat(backlog.size()).isEqualTo(expected.size());
            assertThat(backlog.oldest())
                    .isSameAs(expected.isEmpty() ? null : expected.firstEntry().getValue());
        }
        List<String> ids =
                expected.values().stream().map(d -> d.lead.id().value()).toList();
        assertThat(ids).hasSizeGreaterThan(5);
        assertThat(take(ids.size())).isEqualTo(ids);
        assertThat(backlog.size()).isZero();
    }

    @Test
    void aBusyKeyKeepsItsLeadsBackUntilItIsReleased() {
        Delivery first = delivery("a", "same", "", false);
        backlog.add(first);
        backlog.add(delivery("b", "same", "", false));
        backlog.add(delivery("c"));
        assertThat(take(3)).containsExactly("a", "c");
        assertThat(backlog.take(3, false, keys)).isNull();
        backlog.release(first);
        assertThat(take(3)).containsExactly("b");
    }

    @Test
    void leadsThatStayTogetherTakeAllTheirKeysOrNone() {
        keys.take("busy");
        backlog.addAgain(List.of(delivery("a", "free", "", false), delivery("b", "busy", "", false)), true);
        assertThat(backlog.take(2, false, keys)).isNull();
        assertThat(keys.take("free")).isTrue();
        keys.release("free");
        keys.release("busy");
        assertThat(take(2)).containsExactly("a", "b");
    }

    @Test
    void onlyTheFirstBatchKeyOrTheFullestIsTaken() {
        backlog.add(delivery("a", "a", "small", false));
        backlog.add(delivery("b", "b", "large", false));
        backlog.add(delivery("c", "c", "large", false));
        assertThat(ids(backlog.take(9, true, keys))).containsExactly("b", "c");
        backlog.add(delivery("d", "d", "large", false));
        backlog.add(delivery("e", "e", "large", false));
        assertThat(take(9)).containsExactly("a");
        assertThat(take(9)).containsExactly("d", "e");
    }

    @Test
    void whatIsLeftOfABatchKeyIsStillCounted() {
        Delivery first = delivery("a");
        backlog.add(first);
        List.of("b", "c").forEach(id -> backlog.add(delivery(id)));
        backlog.remove(first);
        assertThat(backlog.worthACall(2)).isTrue();
        assertThat(backlog.worthACall(3)).isFalse();
        assertThat(take(1)).containsExactly("b");
        assertThat(backlog.worthACall(1)).isTrue();
        assertThat(backlog.worthACall(2)).isFalse();
    }

    @Test
    void aCallIsWorthItWhenItIsFullOrSomebodyWaitsOrItIsARepeat() {
        Delivery first = delivery("a");
        backlog.add(first);
        assertThat(backlog.worthACall(1)).isTrue();
        assertThat(backlog.worthACall(2)).isFalse();
        backlog.add(delivery("b", "b", "other key", false));
        assertThat(backlog.worthACall(2)).isFalse();
        backlog.add(delivery("c"));
        assertThat(backlog.worthACall(2)).isTrue();
        assertThat(backlog.worthACall(3)).isFalse();
        backlog.remove(first);
        assertThat(backlog.worthACall(2)).isFalse();
        Delivery urgent = delivery("u", "u", "", true);
        backlog.add(urgent);
        assertThat(backlog.worthACall(9)).isTrue();
        backlog.remove(urgent);
        assertThat(backlog.worthACall(9)).isFalse();
        backlog.addAgain(List.of(delivery("r")), true);
        assertThat(backlog.worthACall(9)).isTrue();
    }

    @Test
    void repeatsGoBeforeOthersTogetherAndInPiecesWhereTheLimitShrank() {
        backlog.add(delivery("a"));
        backlog.addAgain(List.of(delivery("x"), delivery("y"), delivery("z")), true);
        assertThat(backlog.size()).isEqualTo(4);
        Backlog.Load load = backlog.take(2, false, keys);
        assertThat(ids(load)).containsExactly("x", "y");
        assertThat(load.suspect()).isTrue();
        assertThat(backlog.size()).isEqualTo(2);
        assertThat(take(2)).containsExactly("z");
        assertThat(take(2)).containsExactly("a");
    }

    @Test
    void aRepeatWhoseKeyIsBusyWaitsForIt() {
        Delivery busy = delivery("a", "same", "", false);
        backlog.add(busy);
        backlog.take(1, false, keys);
        backlog.addAgain(List.of(delivery("b", "same", "", false)), false);
        assertThat(backlog.take(1, false, keys)).isNull();
        backlog.release(busy);
        assertThat(take(1)).containsExactly("b");
        backlog.addAgain(List.of(delivery("c", "same", "", false)), false);
        assertThat(backlog.take(1, false, keys))
                .as("the repeat made its key busy again")
                .isNull();
    }

    @Test
    void whatWaitsCanBeTakenOut() {
        Delivery first = delivery("a", "a", "key", false);
        Delivery repeat = delivery("x");
        backlog.add(first);
        backlog.addAgain(List.of(delivery("w"), repeat), true);
        backlog.addAgain(List.of(delivery("y")), false);
        backlog.remove(first);
        backlog.remove(repeat);
        assertThat(backlog.size()).isEqualTo(2);
        Backlog.Load load = backlog.take(9, false, keys);
        assertThat(ids(load)).containsExactly("w");
        assertThat(load.suspect()).isTrue();
        assertThat(take(9)).containsExactly("y");
        Delivery alone = delivery("v");
        backlog.addAgain(List.of(alone), false);
        backlog.remove(alone);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.take(9, true, keys)).isNull();
    }

    @Test
    void theOldestIsKnownAmongBoth() {
        assertThat(backlog.oldest()).isNull();
        Delivery late = delivery("late", 30);
        backlog.add(late);
        assertThat(backlog.oldest()).isSameAs(late);
        Delivery early = delivery("early", 10);
        Delivery middle = delivery("middle", 20);
        backlog.addAgain(List.of(middle, early), false);
        assertThat(backlog.oldest()).isSameAs(early);
        backlog.remove(late);
        backlog.remove(early);
        assertThat(backlog.oldest()).isSameAs(middle);
    }

    private List<String> take(int most) {
        return ids(backlog.take(most, false, keys));
    }

    private static List<String> ids(Backlog.Load load) {
        return load.deliveries().stream().map(d -> d.lead.id().value()).toList();
    }

    private static Delivery delivery(String id) {
        return delivery(id, id, "", false);
    }

    private static Delivery delivery(String id, long since) {
        return new Delivery(lead(id), id, "", false, since, EngineTime.FOR_EVER);
    }

    private static Delivery delivery(String id, String serialKey, String batchKey, boolean urgent) {
        return new Delivery(lead(id), serialKey, batchKey, urgent, 0, EngineTime.FOR_EVER);
    }

    private static Lead lead(String id) {
        return Lead.builder().id(id).email("ada@example.com").build();
    }
}
