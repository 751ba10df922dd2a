package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadSourceTest {
    private static final String LONGEST = "x".repeat(LeadSource.MAX_LENGTH);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "AzureMarketplace-INS|checkpoint.check-point-r77-10sg-byol; AzureMarketplace; INS; checkpoint; check-point-r77-10sg-byol",
                "SPZA-PLT|docusign.3701c77e-1cfa-4c56-91e6-3ed0b622145a;    SPZA; PLT; docusign; 3701c77e-1cfa-4c56-91e6-3ed0b622145a",
                "AppSource (SPZA)-PLT|contoso.app;                          SPZA; PLT; contoso; app",
                "appsource-plt|contoso.app;                                 SPZA; PLT; contoso; app",
                "AzureMarketplace - INS | contoso.app;                      AzureMarketplace; INS; contoso; app",
                "SPZA-XYZ-2|contoso.app;                                    SPZA; XYZ-2; contoso; app",
                "Foo-Bar|a.b.c-d;                                           Foo; Bar; a; b.c-d",
                "AzureMarketplace;                                          AzureMarketplace; -; -; -",
                "AzureMarketplace-INS;                                      AzureMarketplace; INS; -; -",
                "AzureMarketplace-INS|;                                     AzureMarketplace; INS; -; -",
                "AzureMarketplace|contoso.app;                              AzureMarketplace; -; contoso; app",
                "AzureMarketplace-|contoso.app;                             AzureMarketplace; -; contoso; app",
                "-INS|contoso.app;                                          -; INS; contoso; app",
                "|contoso.app;                                              -; -; contoso; app",
                "'';                                                        -; -; -; -",
                "'   ';                                                     -; -; -; -",
                "-|;                                                        -; -; -; -",
                "AzureMarketplace\u2014INS|contoso.app;                     AzureMarketplace\u2014INS; -; contoso; app",
                "azureMARKETPLACE-ins|contoso.app;                          AzureMarketplace; INS; contoso; app",
                "AzurePortal-create|contoso.app;                            AzurePortal; Create; contoso; app",
                "testdrive-StartTestDrive;                                  TestDrive; StartTestDrive; -; -",
            })
    void lenientlyAnyTextIsRead(String text, String source, String action, String publisher, String offerId) {
        LeadSource read = LeadSource.parseLenient(text);

        assertThat(read.source() == null ? null : read.source().code()).isEqualTo(source);
        assertThat(read.action() == null ? null : read.action().code()).isEqualTo(action);
        assertThat(read.offer() == null ? null : read.offer().publisher()).isEqualTo(publisher);
        assertThat(read.offer() == null ? null : read.offer().offerId()).isEqualTo(offerId);
        assertThat(read.original() == null ? read.format() : read.original()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SPZA", "SPZA-PLT", "SPZA-PLT|contoso.app", "SPZA|contoso.app", "-PLT", "|contoso.app"})
    void itsLengthIsThatOfItsText(String text) {
        assertThat(LeadSource.parseLenient(text).length()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "AzureMarketplace-INS|Backup | Restore 2.0; Backup | Restore 2.0",
                "MSFT_TEST_636573304831318844-MSFT_TEST_636573304831318844|<Offer Name>; <Offer Name>",
                "SPZA-INS|.app; .app",
                "SPZA-INS|contoso.; contoso.",
                "SPZA-INS|contoso..app; contoso..app",
                "SPZA-INS|app; app",
                "SPZA-INS|contoso.\u00e4pp; contoso.\u00e4pp",
            })
    void anOfferThatIsNoIdIsATitle(String text, String title) {
        Offer offer = LeadSource.parse(text).offer();

        assertThat(offer).isEqualTo(new Offer(title));
        assertThat(offer.isId()).isFalse();
        assertThat(offer.publisher()).isNull();
        assertThat(offer.offerId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AzureMarketplace",
                "AzureMarketplace-INS",
                "AzureMarketplace-INS|checkpoint.check-point-r77-10sg-byol",
                "AzureMarketplace-INS|Backup | Restore 2.0",
                "SPZA-XYZ-2|contoso.app",
                "Foo-Bar|a.b.c-d",
                "AzureMarketplace|contoso.app",
                "-INS|contoso.app",
                "-INS",
                "|contoso.app",
                "Test run through MS Flow",
                "AzureMarketplace\u2014INS|contoso.app",
            })
    void strictlyWhatIsReadIsGivenBack(String text) {
        assertThat(LeadSource.parse(text).format()).isEqualTo(text);
        assertThat(LeadSource.parse(text).original()).isNull();
        assertThat(LeadSource.parse(text)).hasToString(text).isEqualTo(LeadSource.parseLenient(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "   ",
                "-",
                "|",
                "-|",
                "AzureMarketplace-",
                "AzureMarketplace-INS|",
                "AzureMarketplace-|contoso.app",
                "AzureMarketplace - INS | contoso.app",
                "AzureMarketplace-INS|contoso.app ",
                "azuremarketplace-INS",
                "AzureMarketplace-ins",
                "AppSource (SPZA)-PLT|contoso.app",
            })
    void strictlyWhatCouldNotBeGivenBackIsRefused(String text) {
        assertThatThrownBy(() -> LeadSource.parse(text)).isInstanceOfSatisfying(LeadParseException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("lead.source-malformed");
            assertThat(e.line()).isZero();
            assertThat(e.column()).isZero();
            assertThat(e).hasMessage(e.problem().cause());
        });
    }

    @Test
    void aTextOverTheLimitIsRefusedStrictlyAndCutLeniently() {
        assertThat(LeadSource.parse(LONGEST).format()).isEqualTo(LONGEST);
        assertThatThrownBy(() -> LeadSource.parse(LONGEST + "-INS"))
                .isInstanceOfSatisfying(
                        LeadParseException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("lead.source-too-long"));
        assertThat(LeadSource.parseLenient(LONGEST + "-INS")).isEqualTo(LeadSource.parse(LONGEST));
    }

    @Test
    void nullIsNothing() {
        assertThat(LeadSource.parseLenient(null)).isSameAs(LeadSource.NONE);
        assertThat(LeadSource.NONE.format()).isEmpty();
    }

    @Test
    void theKnownCodesHaveAMeaningAndTheOthersNone() {
        assertThat(Source.known())
                .extracting(Source::code)
                .containsExactly("AzureMarketplace", "AzurePortal", "SPZA", "TestDrive");
        assertThat(Action.known())
                .extracting(Action::code)
                .containsExactly("INS", "PLT", "DNC", "Create", "StartTestDrive");
        assertThat(Source.known())
                .allSatisfy(known -> assertThat(known.meaning()).isNotBlank());
        assertThat(Action.known())
                .allSatisfy(known -> assertThat(known.meaning()).isNotBlank());
        assertThat(new Source("Elsewhere").meaning()).isNull();
        assertThat(new Action("XYZ").meaning()).isNull();
    }

    @Test
    void knownCodesAreRecognisedInAnyCaseAndTheOthersKeptAsTheyAre() {
        assertThat(Source.of("azureportal")).isSameAs(Source.AZURE_PORTAL);
        assertThat(Source.of("AppSource (spza)")).isSameAs(Source.SPZA);
        assertThat(Source.of("eLsewhere")).hasToString("eLsewhere");
        assertThat(Action.of("dnc")).isSameAs(Action.DNC);
        assertThat(Action.of("xYz")).hasToString("xYz");
        assertThat(new Offer("contoso.app")).hasToString("contoso.app");
    }

    @Test
    void codesAndOffersAreNeverBlank() {
        assertThatThrownBy(() -> new Source(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Action("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Offer("\t")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The source, its offer, and the offer's text: about 130 bytes. */
    @Test
    void nothingIsAllocatedButTheResult() throws ReflectiveOperationException {
        String text = "AzureMarketplace-INS|checkpoint.check-point-r77-10sg-byol";
        LeadSource[] kept = new LeadSource[10_000];
        LeadSource.parse(text);
        allocatedByThisThread();

        long before = allocatedByThisThread();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = LeadSource.parse(text);
        }
        long bytes = (allocatedByThisThread() - before) / kept.length;

        assertThat(bytes).isBetween(100L, 176L);
    }

    /** By reflection, because the module under test does not read the management of the JVM. */
    private static long allocatedByThisThread() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getThreadAllocatedBytes", long.class)
                .invoke(threads, Thread.currentThread().getId());
    }

    /** The same rules as {@link LeadSourceFuzzTest}, over texts made of what matters to the parser. */
    @Test
    void aHundredThousandTextsKeepTheRules() {
        SplittableRandom random = new SplittableRandom(20_251_124);
        String[] parts = {
            "AzureMarketplace",
            "SPZA",
            "AppSource (SPZA)",
            "testdrive",
            "INS",
            "dnc",
            "-",
            "-",
            "|",
            "|",
            ".",
            " ",
            "\t",
            "contoso.app",
            "\u2014",
            "\u00a0",
            "\u2003",
            "\ud835",
            "\udc9c",
            "\u0000",
            "x",
            "\u0130",
            "\n"
        };
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(10); part > 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            LeadSourceRules.check(text.toString());
        }
    }
}
