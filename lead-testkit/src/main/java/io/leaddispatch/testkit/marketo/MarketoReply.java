package io.leaddispatch.testkit.marketo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The envelope of an answer (section 4). Safe for use by many threads. */
final class MarketoReply {
    private final AtomicInteger number = new AtomicInteger();

    /** Section 4: the call as a whole failed, with HTTP 200. */
    Answer error(String code, String message) {
        ObjectNode root = root(false);
        root.putArray("errors").addObject().put("code", code).put("message", message);
        return json(root);
    }

    /** Section 4, recorded: {@code requestId}, {@code result} and {@code success}, nothing else. */
    Answer result(ArrayNode result) {
        ObjectNode root = root(true);
        root.set("result", result);
        return json(root);
    }

    private ObjectNode root(boolean success) {
        String id = Integer.toHexString(0xe42b + number.incrementAndGet()) + "#14272d07d78";
        return JsonNodeFactory.instance.objectNode().put("requestId", id).put("success", success);
    }

    static Answer json(ObjectNode root) {
        return Answer.json(200, root.toString()).with("Content-Type", "application/json;charset=UTF-8");
    }

    /** Section 4: {@code id} is a number. */
    static void written(ArrayNode result, MarketoPeople.Written written) {
        result.addObject().put("id", written.id()).put("status", written.created() ? "created" : "updated");
    }

    /** Section 4: a skipped entry has the array {@code reasons} and usually no {@code id}. */
    static void skipped(ArrayNode result, MarketoFields.@Nullable Fault fault) {
        ObjectNode entry = result.addObject().put("status", "skipped");
        if (fault != null) {
            entry.putArray("reasons").addObject().put("code", fault.code()).put("message", fault.message());
        }
    }
}
