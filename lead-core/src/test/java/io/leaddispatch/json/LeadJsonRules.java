package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What holds for every text that {@link LeadJson} reads. */
final class LeadJsonRules {
    private static final byte[] GOOD = "{\"phone\":\"1\"}\n".getBytes(UTF_8);

    private LeadJsonRules() {}

    static void check(byte[] text) {
        try {
            Lead lead = LeadJson.read(text);
            if (!LeadJson.read(LeadJson.write(lead)).equals(lead)) {
                fail("what is written is not read back");
            }
            Lead wire = LeadJson.read(LeadJson.writeMarketplace(lead, Casing.PASCAL, AbsentAs.EMPTY));
            if (!wire.contact().equals(lead.contact())) {
                fail("the marketplace's form lost the contact");
            }
            LeadJson.campaignParameters(lead);
        } catch (LeadParseException e) {
            if (e.line() < 1 || e.column() < 1 || e.getCause() != null) {
                fail("a fault without a place, or with a cause");
            }
        } catch (InvalidLeadException e) {
            if (e.problems().isEmpty()) {
                fail("refused without a problem");
            }
        }
    }

    /** The slower part: the text as a file, and as a line of one. */
    static void checkAsFile(byte[] text) {
        checkEntries(text);
        checkLineBetween(text);
    }

    /** The text as what a lead holds: few bytes of a fuzzer's make a whole form, and all make values. */
    static void checkAsValues(byte[] text) {
        String all = new String(text, UTF_8);
        String[] values = Arrays.copyOf(all.split("\n", 9), 9);
        Lead lead;
        try {
            lead = Lead.builder()
                    .phone("1")
                    .description(all)
                    .firstName(values[0])
                    .lastName(values[1])
                    .company(values[2])
                    .title(values[3])
                    .country(values[4])
                    .offerTitle(values[5])
                    .source(values[6])
                    .attribute(values[7] == null ? "name" : values[7], values[8])
                    .build();
        } catch (InvalidLeadException e) {
            return; // too long, or an attribute without a name
        }
        if (!LeadJson.read(LeadJson.write(lead)).equals(lead)) {
            fail("what is written is not read back");
        }
        for (Casing casing : Casing.values()) {
            Lead wire = LeadJson.read(LeadJson.writeMarketplace(lead, casing, AbsentAs.OMIT));
            if (!wire.contact().equals(lead.contact()) || !Objects.equals(wire.description(), lead.description())) {
                fail("the marketplace's form lost something");
            }
        }
    }

    private static void checkEntries(byte[] text) {
        long entries = LeadJson.entries(new ByteArrayInputStream(text)).count();
        if (entries > text.length + 1L) {
            fail("more entries than bytes");
        }
    }

    /** Whatever stands in a line, the lines around it are read. */
    private static void checkLineBetween(byte[] text) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length + 64);
        lines.writeBytes(GOOD);
        for (byte b : text) {
            lines.write(b == '\n' ? ' ' : b);
        }
        lines.write('\n');
        lines.writeBytes(GOOD);
        List<LeadEntry> entries =
                LeadJson.entries(new ByteArrayInputStream(lines.toByteArray())).toList();
        if (entries.size() > 3
                || !(entries.get(0) instanceof LeadEntry.Read)
                || !(entries.get(entries.size() - 1) instanceof LeadEntry.Read)) {
            fail("a line hid the ones around it");
        }
    }
}
