package io.leaddispatch.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Category;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import java.net.URLDecoder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What becomes of texts on their way. */
final class TextChecks {
    private static final Pattern ESCAPE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");
    private static final Pattern HALF =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

    private TextChecks() {}

    static void unicode(Bench bench) throws Exception {
        Lead lead = Leads.unicode();
        bench.delivered(List.of(lead), "a lead with texts of all scripts is Delivered");
        String sent = sent(bench);
        for (String text : List.of("小明-51ab77 😀", "Ñúñez", "Ünïcödé-51ab77")) {
            Rule.holds(sent.contains(text), "texts of all scripts arrive as they are: " + text, sent);
        }
    }

    static void longest(Bench bench) throws Exception {
        Lead lead = Leads.longest();
        DeliveryResult result = bench.deliver(lead).get(0);
        if (result instanceof Rejected) {
            Rule.holds(Rule.is(result, Category.INVALID_LEAD), "a lead that is too long is an INVALID_LEAD", result);
            return;
        }
        Rule.holds(result instanceof Delivered, "a lead that is too long is Delivered or Rejected", result);
        String sent = sent(bench);
        Rule.holds(
                !sent.contains("😀?")
                        && !sent.contains("\uFFFD")
                        && !HALF.matcher(sent).find(),
                "a text is not cut inside a character",
                "half a character in a request of " + sent.length() + " characters");
        List<String> notes = ((Delivered) result).notes();
        boolean whole = List.of("L-c4c4c4" + "l".repeat(990), "C-c4c4c4" + "c".repeat(990)).stream()
                .allMatch(sent::contains);
        Rule.holds(whole || !notes.isEmpty(), "what is cut or left out is told in a note", result);
        Rule.holds(notes.stream().noneMatch(note -> note.contains("c4c4c4")), "notes name fields, never values", notes);
    }

    private static String sent(Bench bench) {
        StringBuilder all = new StringBuilder();
        bench.server.writes().forEach(write -> all.append(text(write.request())));
        return all.toString();
    }

    /** The body without the escapes of forms and of JSON. */
    private static String text(ReceivedRequest request) {
        String body = request.body();
        if (request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            body = URLDecoder.decode(body, UTF_8);
        }
        return ESCAPE.matcher(body).replaceAll(TextChecks::character);
    }

    private static String character(MatchResult escape) {
        return String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                .replace("\\", "\\\\")
                .replace("$", "\\$");
    }
}
