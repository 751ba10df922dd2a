package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Lead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadEntriesTest {
    private static final String ADA = "{\"email\":\"ada@example.com\",\"company\":\"a\\\"}{\"}";
    private static final String GRACE = "{\"email\":\"grace@example.com\"}";

    @Test
    void oneLeadPerLineAndABadLineDoesNotStopTheOthers() {
        assertThat(read(ADA + "\n\n{\"email\":}\n" + GRACE + "\r\n{\"company\":\"x\",\"email\":\"\"}\n" + ADA))
                .containsExactly(
                        "1 ada@example.com",
                        "3:10 json.syntax",
                        "4 grace@example.com",
                        "5:0 lead.empty",
                        "6 ada@example.com");
    }

    @Test
    void aListOfLeadsOverManyLines() {
        assertThat(read("\uFEFF[\n " + ADA + ",\n {\n\"email\":\n\"grace@example.com\"} , 7 ]"))
                .containsExactly("2 ada@example.com", "3 grace@example.com", "5:24 json.not-a-lead");
    }

    @Test
    void oneLeadOverManyLines() {
        assertThat(read("\n{\n \"email\" : \"ada@example.com\"\n}\n")).containsExactly("2 ada@example.com");
    }

    @Test
    void whatIsNoLeadIsOneFault() {
        assertThat(read("")).containsExactly("1:1 json.not-a-lead");
        assertThat(read("company = x\nemail = y\n")).containsExactly("1:1 json.not-a-lead");
        assertThat(read("{\"a\": [1,\n2")).containsExactly("2:2 json.syntax");
    }

    @Test
    void theDocumentedInvalidTestLeadIsPlaced() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/samples/test-lead-https-invalid-json.txt")) {
            LeadEntry.Faulty faulty =
                    (LeadEntry.Faulty) LeadJson.entries(in).findFirst().orElseThrow();
            assertThat(faulty.line()).isEqualTo(14);
            assertThat(faulty.column()).isEqualTo(5);
            assertThat(faulty.problems().get(0).cause()).contains("a comma is missing before this");
        }
    }

    @Test
    void aLineThatIsTooLongIsOneFault() {
        String tooLong = "{\"email\":\"" + "x".repeat(LeadJson.MAX_BYTES) + "\"}";
        assertThat(read(GRACE + "\n" + tooLong + "\n" + ADA))
                .containsExactly("1 grace@example.com", "2:1 json.too-large", "3 ada@example.com");
    }

    @Test
    void aFirstLineThatIsBrokenDoesNotStopTheOthers() {
        String rest = "\n" + GRACE + "\n" + ADA;
        List<String> others = List.of("2 grace@example.com", "3 ada@example.com");

        assertThat(read("{\"userDetails\":{\"firstName\":\"cut of" + rest))
                .startsWith("1:36 json.syntax")
                .containsAll(others);
        assertThat(read("{\"email\":\"ada@example.com" + rest)).containsAll(others);
        assertThat(read("what is this" + rest))
                .startsWith("1:1 json.not-a-lead")
                .containsAll(others);
        assertThat(read("}" + rest)).startsWith("1:1 json.not-a-lead").containsAll(others);
    }

    @Test
    void aListThatWasCutOffIsAFaultBehindItsLeads() {
        assertThat(read("[" + ADA + ",\n" + GRACE + ",\n"))
                .containsExactly("1 ada@example.com", "2 grace@example.com", "3:1 json.syntax");
        assertThat(read("[" + ADA + ",\n{\"email\":\"gra"))
                .containsExactly("1 ada@example.com", "2:14 json.syntax", "2:14 json.syntax");
    }

    @Test
    void aFaultInAListStaysInItsElement() {
        assertThat(read("[ {\"email\" 1},\n[" + ADA + "], null, {}, {\"phone\":\"\"}, " + GRACE + "]\n"))
                .containsExactly(
                        "1:12 json.syntax",
                        "2:1 json.not-a-lead",
                        "2:50 json.not-a-lead",
                        "2:56 json.not-a-lead",
                        "2:0 lead.empty",
                        "2 grace@example.com");
    }

    @Test
    void severalLeadsOverManyLinesOneAfterTheOther() {
        assertThat(read("{\n\"email\":\n\"ada@example.com\"\n}\n{\n\"email\": \"grace@example.com\" }"))
                .containsExactly("1 ada@example.com", "5 grace@example.com");
    }

    @Test
    void anEmptyListHasNoEntries() {
        assertThat(read(" [ ]\n")).isEmpty();
    }

    @Test
    void anElementThatIsTooLongIsOneFault() {
        String tooLong = "{\"email\":\"" + "x".repeat(LeadJson.MAX_BYTES) + "\"}";
        assertThat(read("[" + tooLong + ",\n" + ADA + "]")).containsExactly("1:2 json.too-large", "2 ada@example.com");
    }

    @Test
    void manyLongLinesFollowEachOther() {
        String padded = "{\"email\":\"ada@example.com\"" + " ".repeat(LeadJson.MAX_BYTES - 27) + "}";
        assertThat(padded).hasSize(LeadJson.MAX_BYTES);
        assertThat(read(padded + "\n" + padded + "\n" + padded))
                .containsExactly("1 ada@example.com", "2 ada@example.com", "3 ada@example.com");
    }

    @Test
    void noMoreIsReadThanTheNextEntryTakes() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                byte[] line = (ADA + "\n").getBytes(UTF_8);
                return line[read.getAndIncrement() % line.length];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        };

        Iterator<LeadEntry> entries = LeadJson.entries(endless).iterator();

        assertThat(show(entries.next())).isEqualTo("1 ada@example.com");
        assertThat(read).hasValue(ADA.length() + 1);
        for (int line = 2; line < 2_000; line++) {
            assertThat(show(entries.next())).isEqualTo(line + " ada@example.com");
        }
    }

    @Test
    void whatTheStreamThrowsIsPassedOn() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };

        assertThatThrownBy(() -> LeadJson.entries(broken).findFirst())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is gone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';                                          it is empty",
                "' \n\n ';                                     it is empty",
                "'<!DOCTYPE html>\n<html></html>';            it seems to be HTML or XML",
                "'Email,Phone\nx,y';                          it seems to be a table, such as CSV",
                "'company = x\nemail = y';                    'it seems to be form pairs, name=value'",
                "'email=x&phone=1';                           'it seems to be form pairs, name=value'",
                "'\"text\"';                                  'it is a JSON text, not an object'",
                "'-1.5e7';                                    'it is a JSON number or word, not an object'",
                "'null';                                      'it is a JSON number or word, not an object'",
                "'Dear Ada';                                  it is not JSON",
                "'{}';                                        it is a JSON object without any property that makes a lead",
                "'{\"name\":\"lib\",\"version\":\"1\"}';        it is a JSON object without any property that makes a lead",
                "'{\n \"destinations\":\n{\"email\":{}}}';      it seems to be a configuration with destinations",
                "'{\"leadDestination\":\"none\"}';             it seems to be a customer-leads configuration of Partner Center",
                "'{\"resources\":[{\"email\":1}]}';            it seems to be a customer-leads configuration of Partner Center",
            })
    void whatIsNoLeadIsToldWhatItSeemsToBe(String text, String seeming) {
        List<LeadEntry> entries = LeadJson.entries(stream(text)).toList();

        assertThat(entries).hasSize(1);
        LeadEntry.Faulty faulty = (LeadEntry.Faulty) entries.get(0);
        assertThat(faulty.problems()).hasSize(1);
        assertThat(faulty.problems().get(0).code()).isEqualTo("json.not-a-lead");
        assertThat(faulty.problems().get(0).cause()).isEqualTo("this is not a lead: " + seeming);
    }

    @Test
    void leadsInUtf16AreToldSo() {
        byte[] utf16 = (ADA + "\n" + GRACE).getBytes(UTF_16LE);

        assertThat(LeadJson.entries(new ByteArrayInputStream(utf16)).limit(1).map(LeadEntriesTest::show))
                .containsExactly("1:1 json.not-utf-8");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<String> read(String text) {
        return LeadJson.entries(stream(text)).map(LeadEntriesTest::show).toList();
    }

    private static String show(LeadEntry entry) {
        if (entry instanceof LeadEntry.Read read) {
            Lead lead = read.lead();
            return read.line() + " " + lead.contact().email();
        }
        LeadEntry.Faulty faulty = (LeadEntry.Faulty) entry;
        return faulty.line() + ":" + faulty.column() + " "
                + faulty.problems().get(0).code();
    }
}
