package io.leaddispatch.testkit.chaos;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The wire form of the chaos vendors: a line for each lead's id, and a line for each lead's fate. */
record ChaosCall(String round, int refuseAfter, List<String> leads) {
    static final String STORED = "stored";
    static final String KNOWN = "known";
    static final String BAD = "bad";
    static final String BUSY = "busy";
    static final String WAIT_MILLIS = "X-Wait-Millis";

    /** From a target like {@code /round-3/150}: the round, and the calls before the vendor refuses credentials. */
    static ChaosCall of(ReceivedRequest request) {
        String[] path = request.target().split("/", -1);
        return new ChaosCall(
                path[1], Integer.parseInt(path[2]), request.body().lines().toList());
    }

    Answer answer(UnaryOperator<String> fate) {
        return Answer.of(200).with(leads.stream().map(fate).collect(Collectors.joining("\n", "", "\n")));
    }
}
