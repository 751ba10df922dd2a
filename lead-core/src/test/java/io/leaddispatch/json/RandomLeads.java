package io.leaddispatch.json;

import io.leaddispatch.Action;
import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadSource;
import io.leaddispatch.Offer;
import io.leaddispatch.Source;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Valid leads of all kinds, the same ones for the same seed. */
final class RandomLeads {
    private static final String[] PIECES = {
        "a",
        "Z",
        "7",
        " ",
        "-",
        "|",
        ".",
        "\"",
        "\\",
        "/",
        "\t",
        "\n",
        "\r\n",
        "<",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "'",
        "\u00e4",
        "\u0416",
        "\u4e2d",
        "\u2028",
        "\ufeff",
        "\uffff",
        "\ufffd",
        "\ud835\udc9c",
        "\udbff\udfff",
        "\u0130",
        "\u0000",
        "\u001f",
        "\u0085",
        "\ud800",
        "\udc00",
        "null",
        "MSFT_TEST_",
        "AzureMarketplace",
        "INS"
    };

    private final SplittableRandom random;

    RandomLeads(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Lead next() {
        while (true) {
            try {
                return any().build();
            } catch (InvalidLeadException e) {
                // some are empty, or have an address with a blank inside
            }
        }
    }

    private Lead.Builder any() {
        Lead.Builder lead = Lead.builder()
                .firstName(text(40))
                .lastName(text(40))
                .email(random.nextInt(4) == 0 ? null : "x" + text(3) + "@" + text(3) + "y")
                .phone(text(20))
                .country(text(5))
                .company(text(40))
                .title(text(10))
                .source(source())
                .offerTitle(text(40))
                .description(text(300))
                .createdAt(time());
        if (random.nextBoolean()) {
            lead.id("id-" + random.nextLong());
        }
        for (int i = random.nextInt(6) - 2; i > 0; i--) {
            lead.attribute("n" + text(10), text(20));
        }
        return lead;
    }

    private LeadSource source() {
        return switch (random.nextInt(4)) {
            case 0 -> LeadSource.NONE;
            case 1 ->
                LeadSource.of(
                        random.nextBoolean() ? Source.SPZA : new Source("s" + text(5)),
                        random.nextBoolean() ? Action.DNC : new Action(text(5) + "ins"),
                        random.nextBoolean() ? null : new Offer("o" + text(5)));
            case 2 -> LeadSource.of(new Source("azuremarketplace"), new Action("ins"), null);
            default -> LeadSource.parseLenient(text(20));
        };
    }

    private @Nullable Instant time() {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            case 2 -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            case 3 -> random.nextBoolean() ? Instant.MIN : Instant.MAX;
            default -> Instant.ofEpochSecond(random.nextLong(-80_000_000_000L, 80_000_000_000L), random.nextInt());
        };
    }

    private @Nullable String text(int longest) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(longest + 1) / 2; piece > 0; piece--) {
            text.append(PIECES[random.nextInt(random.nextBoolean() ? 3 : PIECES.length)]);
        }
        return text.toString();
    }
}
