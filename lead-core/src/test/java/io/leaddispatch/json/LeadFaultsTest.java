package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadException;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, where the fault is placed, and that nothing of the text is told. */
class LeadFaultsTest {
    private static final String CANARY = "canary@secret.example";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"email\":\"x\" \"phone\":1};      1; 14; a comma is missing before this",
                "{\"email\":\"x\"\"phone\":1};       1; 13; a comma is missing before this",
                "{\"email\" 1};                      1; 10; a colon and a value were expected",
                "{\"email\":};                       1; 10; a colon and a value were expected",
                "{\"email\":tru};                    1; 10; a colon and a value were expected",
                "{\"email\":'x'};                    1; 10; a colon and a value were expected",
                "{email:1};                          1; 2;  a name in double quotes was expected",
                "{,};                                1; 2;  a name in double quotes was expected",
                "{\"email\":1,};                     1; 12; something here does not belong here",
                "{\"x\":[1,2}};                      1; 10; something here does not belong here",
                "{\"x\":[1 [2]]};                    1; 9;  a comma is missing before this",
                "{\"email\":1/**/};                  1; 11; something here does not belong here",
                "'{\"email\":\"x\ny\"}';             1; 12; a line break or control character stands inside a text",
                "{\"email\":\"\\q\"};                1; 12; a backslash is followed by a character that it cannot escape",
                "{\"email\":\"x;                     1; 12; 'it ends before the lead does, so it may have been cut off'",
                "{\"email\":1;                       1; 11; 'it ends before the lead does, so it may have been cut off'",
                "'{\"email\":1,\n\n  ';              3; 3;  'it ends before the lead does, so it may have been cut off'",
                "{;                                  1; 2;  'it ends before the lead does, so it may have been cut off'",
                "{\"email\":1}};                     1; 12; something here does not belong here",
                "{\"email\":1} {};                   1; 13; something follows the lead",
                "{\"email\":1}x;                     1; 12; something here does not belong here",
                "'{\n\"\u00e4\ud835\udc9c\u4e2d\":\"\u00e4\" \"b\"}'; 2; 11; a comma is missing before this",
            })
    void aFaultInTheSyntaxIsPlaced(String json, int line, int column, String cause) {
        LeadParseException fault = fault(json.getBytes(UTF_8));

        assertThat(fault.problem().code()).isEqualTo("json.syntax");
        assertThat(fault.problem().cause()).endsWith(": " + cause);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.column()).isEqualTo(column);
        assertThat(fault).hasMessageEndingWith(" (line " + line + ", column " + column + ")");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"contact\":{\"phone\":1},\"version\":2};           json.version;       34; ''",
                "{\"contact\":{\"phone\":1},\"version\":\"x\"};       json.version;       34; ''",
                "{\"contact\":{\"phone\":1},\"id\":\"a b\"};          json.bad-value;     29; id is 1 to 128 printable ASCII characters without a blank",
                "{\"contact\":{\"phone\":1},\"createdAt\":\"today\"}; json.bad-value;     36; createdAt is a time such as 2026-03-01T12:00:00Z",
                "{\"contact\":{\"phone\":1},\"createdAt\":1530000000};json.bad-value;     36; createdAt is a time such as 2026-03-01T12:00:00Z",
                "{\"contact\":{\"phone\":1},\"source\":{\"id\":1}};   json.wrong-type;    33; source holds an object or a list where a text belongs",
                "{\"contact\":{\"phone\":1},\"attributes\":{\"a\":[]}};json.wrong-type;   37; attributes holds something else than an object of texts",
                "{\"contact\":{\"phone\":1},\"attributes\":[1]};      json.wrong-type;    37; attributes holds something else than an object of texts",
                "{\"contact\":{\"phone\":1},\"attributes\":1};        json.wrong-type;    37; attributes holds something else than an object of texts",
                "{\"userDetails\":{\"phone\":1,\"email\":{\"email\":1}}}; json.wrong-type; 35; email holds an object or a list where a text belongs",
                "{\"phone\":1,\"email\":[]};                          json.wrong-type;    20; email holds an object or a list where a text belongs",
                "{\"userDetails\":[{\"phone\":1}]};                   json.customer-info; 16; ''",
                "{\"userDetails\":1,\"phone\":1};                     json.customer-info; 16; ''",
                "{\"phone\":1,\"data\":{\"leadId\":\"a b\"}};         json.bad-value;     29; leadId is 1 to 128 printable ASCII characters without a blank",
            })
    void aValueThatDoesNotFitIsPlaced(String json, String code, int column, String cause) {
        LeadParseException fault = fault(("\n" + json).getBytes(UTF_8));

        assertThat(fault.problem().code()).isEqualTo(code);
        assertThat(fault.problem().cause()).endsWith(cause);
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.column()).isEqualTo(column);
    }

    @Test
    void aValueThatDoesNotFitIsNoFaultWhereItMeansNothing() {
        Lead read = LeadJson.read(
                "{\"userDetails\":{\"phone\":1},\"version\":7,\"id\":{},\"createdAt\":\"x\",\"source\":[],"
                        + "\"attributes\":3,\"data\":4,\"destinations\":{\"x\":1}}");

        assertThat(read).isEqualTo(Lead.builder().phone("1").build());
    }

    @ParameterizedTest
    @CsvSource({
        "c080, 1",
        "61c3, 2",
        "61c328, 2",
        "e08080, 1",
        "eda080, 1",
        "e282, 1",
        "f08080ac, 1",
        "f4908080, 1",
        "ff, 1",
        "c3a4f8, 2",
        "61626364656667688a, 9",
        "80, 1"
    })
    void whatIsNotUtf8IsPlaced(String hex, int character) {
        byte[] before = "{\"email\":\"".getBytes(UTF_8);
        byte[] malformed = HexFormat.of().parseHex(hex);
        byte[] json = Arrays.copyOf(before, before.length + malformed.length + 2);
        System.arraycopy(malformed, 0, json, before.length, malformed.length);
        json[json.length - 2] = '"';
        json[json.length - 1] = '}';

        LeadParseException fault = fault(json);

        assertThat(fault.problem().code()).isEqualTo("json.not-utf-8");
        assertThat(fault.column()).isEqualTo(10 + character);
    }

    @Test
    void theEdgesOfUtf8AreRead() {
        String edges = "\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff".repeat(3);

        assertThat(LeadJson.read("{\"phone\":\"" + edges + "\"}").contact().phone())
                .isEqualTo(edges.replace('\u0080', ' '));
    }

    static Stream<Charset> otherEncodings() {
        return Stream.of(UTF_16, UTF_16BE, UTF_16LE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void otherEncodingsAreToldSo(Charset encoding) {
        LeadParseException fault = fault("{\"phone\":1}".getBytes(encoding));

        assertThat(fault.problem().code()).isEqualTo("json.not-utf-8");
        assertThat(fault.problem().cause()).endsWith("it seems to be UTF-16 or UTF-32");
    }

    @Test
    void latin1IsNotUtf8() {
        assertThat(fault("{\"company\":\"M\u00fcller\"}".getBytes(ISO_8859_1)))
                .hasMessage("the text is not encoded in UTF-8 (line 1, column 14)");
    }

    @Test
    void aByteOrderMarkIsSkippedOnceAndDoesNotCount() {
        assertThat(LeadJson.read("\ufeff {\"phone\":1}")).isEqualTo(LeadJson.read("{\"phone\":1}"));
        assertThat(fault("\ufeff{\"phone\":}".getBytes(UTF_8)).column()).isEqualTo(10);
        assertThat(fault("\ufeff\ufeff{\"phone\":1}".getBytes(UTF_8)).problem().code())
                .isEqualTo("json.not-a-lead");
        assertThat(fault("\ufeff".getBytes(UTF_8)).problem().cause()).endsWith("it is empty");
    }

    @Test
    void nestingIsBounded() {
        assertThat(LeadJson.read(nested(19))).isNotNull();
        assertThat(code(nested(20))).isEqualTo("json.too-deep");
        assertThat(code("{\"data\":".repeat(500_000))).isEqualTo("json.too-deep");
        assertThat(code("[".repeat(500_000))).isEqualTo("json.not-a-lead");
        assertThat(code("{\"userDetails\":\"" + "[".repeat(500_000) + "\"}")).isEqualTo("json.customer-info");
    }

    private static String nested(int levels) {
        return "{\"phone\":1,\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    @ParameterizedTest
    @CsvSource({"json.too-large, 1048577", "lead.too-long, 1048576", "lead.too-long, 1001"})
    void textsAreBounded(String code, int length) {
        assertThat(code("{\"company\":\"" + "x".repeat(length) + "\",\"phone\":1}"))
                .isEqualTo(code);
    }

    @Test
    void anUnknownTextIsBoundedToo() {
        assertThat(code("{\"phone\":1,\"x\":\"" + "x".repeat(15_000_000) + "\"}"))
                .isNull();
        assertThat(code("{\"phone\":1,\"x\":\"" + "x".repeat(LeadJson.MAX_BYTES) + "\"}"))
                .isEqualTo("json.too-large");
    }

    @Test
    void namesAndNumbersAreBounded() {
        assertThat(code("{\"phone\":" + "1".repeat(100) + "}")).isNull();
        assertThat(code("{\"phone\":" + "1".repeat(101) + "}")).isEqualTo("json.too-large");
        assertThat(code("{\"phone\":1." + "1".repeat(1_000_000) + "}")).isEqualTo("json.too-large");
        assertThat(code("{\"phone\":1,\"" + "x".repeat(4_096) + "\":1}")).isNull();
        assertThat(code("{\"phone\":1,\"" + "x".repeat(5_000) + "\":1}")).isEqualTo("json.too-large");
    }

    @Test
    void theWholeIsBounded() {
        String json = "{\"phone\":1}";
        assertThat(code(json + " ".repeat(LeadJson.MAX_BYTES - json.length()))).isNull();
        assertThat(code(json + " ".repeat(LeadJson.MAX_BYTES - json.length() + 1)))
                .isEqualTo("json.too-large");
    }

    static Stream<String> samples() {
        return Samples.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleThatIsCutOffAnywhereIsRefused(String sample) {
        byte[] whole = new String(Samples.bytes(sample), UTF_8).strip().getBytes(UTF_8);

        for (int length = 0; length < whole.length; length++) {
            assertThat(fault(Arrays.copyOf(whole, length)).problem().code()).isIn("json.syntax", "json.not-a-lead");
        }
    }

    @Test
    void theOtherSamplesAreToldWhatTheySeemToBe() {
        assertThat(fault(Samples.bytes("customer-leads-resource.json"))
                        .problem()
                        .cause())
                .isEqualTo("this is not a lead: it seems to be a customer-leads configuration of Partner Center");
        assertThat(fault(Samples.bytes("test-lead-salesforce.txt")).problem().cause())
                .isEqualTo("this is not a lead: it seems to be form pairs, name=value");
    }

    static Stream<String> marked() {
        return Stream.of(
                "{\"email\":\"@\" \"@\":1}",
                "{\"email\":@}",
                "{\"@\"}",
                "{@:1}",
                "@",
                "<@>",
                "a=@",
                "[\"@\"]",
                "\"@\"",
                "{\"@\":1}",
                "{\"email\":\"\\@\"}",
                "{\"email\":\"@",
                "{\"email\":\"@\"} \"@\"",
                "{\"email\":{\"@\":\"@\"}}",
                "{\"CustomerInfo\":\"@\"}",
                "{\"CustomerInfo\":\"{'@'}\"}",
                "{\"contact\":{},\"version\":\"@\"}",
                "{\"contact\":{},\"id\":\"@ @\"}",
                "{\"contact\":{},\"createdAt\":\"@\"}",
                "{\"contact\":{},\"attributes\":\"@\"}",
                "{\"contact\":{},\"attributes\":{\"@\":{}}}",
                "{\"email\":\"@ @\"}",
                "{\"company\":\"@\"}",
                "{\"phone\":1,\"title\":\"" + "@".repeat(1_001) + "\"}",
                "{\"phone\":\"" + "@".repeat(1 << 20) + "\"}",
                "{\"destinations\":\"@\"}",
                "{\"email\":\"@\u0000\"}",
                "{\"email\":\"\u0000@\"}",
                "{\"x\":" + "[".repeat(30) + "\"@\"");
    }

    @ParameterizedTest
    @MethodSource("marked")
    void noFaultTellsAnythingOfTheText(String template) {
        byte[] text = template.replace("@", CANARY).getBytes(UTF_8);

        LeadException fault = catchThrowableOfType(LeadException.class, () -> LeadJson.read(text));

        assertThat(fault).isNotNull();
        StringWriter printed = new StringWriter();
        fault.printStackTrace(new PrintWriter(printed));
        printed.append(
                fault instanceof LeadParseException parse ? parse.problem().toString() : "");
        printed.append(
                fault instanceof InvalidLeadException invalid
                        ? invalid.problems().toString()
                        : "");
        assertThat(printed.toString()).doesNotContain("canary").doesNotContain("secret");
        assertThat(fault.getCause()).isNull();
    }

    @Test
    void everyProblemIsInTheCatalogueOnce() {
        assertThat(LeadJson.problems())
                .extracting(ProblemType::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.startsWith("json."));
        assertThat(LeadJson.problems()).allSatisfy(type -> {
            assertThat(type.cause()).doesNotEndWith(".");
            assertThat(type.remedy()).endsWith(".");
        });
        assertThatThrownBy(() -> LeadJson.problems().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static LeadParseException fault(byte[] json) {
        LeadParseException fault = catchThrowableOfType(LeadParseException.class, () -> LeadJson.read(json));
        assertThat(fault).isNotNull();
        return fault;
    }

    /** The code of the fault, or null if there is none. */
    private static String code(String json) {
        try {
            LeadJson.read(json);
            return null;
        } catch (LeadParseException e) {
            return e.problem().code();
        } catch (InvalidLeadException e) {
            return e.problems().stream().map(Problem::code).findFirst().orElseThrow();
        }
    }
}
