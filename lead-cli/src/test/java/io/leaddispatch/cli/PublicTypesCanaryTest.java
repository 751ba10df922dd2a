package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DeliveryPlan;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadSource;
import io.leaddispatch.Secret;
import io.leaddispatch.azuretable.RowId;
import io.leaddispatch.azuretable.StoredLead;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.https.LeadReceiver;
import io.leaddispatch.json.LeadEntry;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.ExportedLead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Verification;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything public that prints itself, filled with marked personal data and secrets: none of it is printed. */
class PublicTypesCanaryTest {
    private static final String CANARY = "CANARY";
    /** What holds only numbers, codes, the names of a configuration, and sentences of ours. */
    private static final Set<String> HOLDS_NONE = Set.of(
            "Action",
            "DispatchReport",
            "DispatcherStats",
            "LaneOptions",
            "LaneStats",
            "LeadConfigurationException",
            "LeadId",
            "LeadQuery",
            "Limits",
            "Offer",
            "PolicyConfig",
            "Problem",
            "ProblemType",
            "Route",
            "RowId",
            "SendSummary",
            "Source",
            "TableCheckpoint",
            "DeliveryResult",
            "DeadLetter",
            "DeadLetterQuery",
            "LeadHistory",
            "OutboxStats");

    private static Lead lead() {
        return Lead.builder()
                .id("lead-1")
                .firstName(CANARY)
                .lastName(CANARY)
                .email(CANARY + "@example.com")
                .phone(CANARY)
                .country(CANARY)
                .company(CANARY)
                .title(CANARY)
                .offerTitle(CANARY)
                .description(CANARY)
                .attribute("name", CANARY)
                .build();
    }

    private static List<Object> samples() {
        Lead lead = lead();
        URI address = URI.create("https://h.example/" + CANARY + "?sig=" + CANARY);
        LeadConfig config = config();
        List<Object> samples = new ArrayList<>(List.of(
                lead,
                lead.contact(),
                LeadSource.parse("SPZA-INS|contoso.app"),
                Secret.of(CANARY),
                new LeadBatch(List.of(lead), Instant.EPOCH, false),
                new LeadEntry.Read(1, lead),
                new ExportedLead(lead, "hook"),
                LeadJson.entries(new ByteArrayInputStream(("{\"email\":\"" + CANARY + "\"}").getBytes(UTF_8)))
                        .findFirst()
                        .orElseThrow(),
                new Verification(List.of(Verification.Step.passed("a", "b"))),
                Verification.Step.notRun("a"),
                new Verification.Probe(lead),
                FieldLengths.of(Map.of("Email", 3, "Name", 3), Set.of("Email"), OnTooLong.CUT)
                        .fit(Map.of("Email", CANARY, "Name", CANARY)),
                FieldMapping.of(Map.of("Name", CANARY), Map.of()),
                Setting.text("key").or(CANARY),
                Setting.secret("key").or(Secret.of(CANARY)),
                new Setting.When<>(Setting.secret("key"), Secret.of(CANARY)),
                config,
                config.destinations().get(0),
                config.destinations().get(0).settings(),
                config.outbox(),
                HttpCall.post(address, "text/plain", CANARY.getBytes(UTF_8)).header("X-Key", CANARY),
                new HttpAnswer(
                        200,
                        HttpHeaders.of(Map.of("X-Key", List.of(CANARY)), (name, value) -> true),
                        CANARY.getBytes(UTF_8),
                        false),
                new TokenCache.Token(CANARY, Instant.EPOCH, address),
                new DestinationContext("hook", Clock.systemUTC(), HttpClient::newHttpClient, "test", false)));
        samples.addAll(claims(lead));
        RowId row = new RowId("2026-11-24", "key", Instant.EPOCH, "etag");
        samples.add(new StoredLead.Read(row, lead, Map.of("CustomerInfo", CANARY)));
        samples.add(new StoredLead.Unreadable(row, List.of(), Map.of("CustomerInfo", CANARY)));
        return samples;
    }

    private static List<Object> claims(Lead lead) {
        LeadQueue.Claim claim = new LeadQueue.Claim(1, 2, "hook", lead, 3, Instant.EPOCH);
        var problem = LeadDispatcher.problems().get(0).problem();
        return List.of(
                claim,
                LeadQueue.Permit.UNCOUNTED,
                new DeliveryPlan(lead, Map.of("hook", CANARY), Map.of("other", problem)),
                new LeadReceiver.Reply(400, "refused"),
                new LeadQueue.Stored(true, claim),
                new LeadQueue.Settlement.Released(claim),
                new LeadQueue.Settlement.Done(
                        claim, (DeliveryResult.Delivered) DeliveryResult.delivered(Confirmation.CREATED)),
                new LeadQueue.Settlement.Later(claim, Instant.EPOCH, problem, true),
                new LeadQueue.Settlement.Dead(claim, problem, false, true));
    }

    private static LeadConfig config() {
        String text = """
                {"destinations": {"hook": {"type": "https", "settings": {
                   "httpsEndpointUrl": "https://h.example/@?sig=@", "auth": "bearer", "token": "@",
                   "headers": {"X-Key": "@"}, "username": "@"}}},
                 "outbox": {"url": "jdbc:@", "password": "@"}}
                """.replace("@", CANARY);
        return LeadConfigReader.standard().read(new ByteArrayInputStream(text.getBytes(UTF_8)), Path.of(""));
    }

    private static List<String> leaks(List<?> printed) {
        return printed.stream()
                .map(Object::toString)
                .filter(text -> text.contains(CANARY))
                .toList();
    }

    @Test
    void noneOfThemPrintsWhatItHolds() {
        assertThat(leaks(samples())).isEmpty();
    }

    @Test
    void noneOfTheExceptionsDoes() {
        List<Throwable> thrown = List.of(
                catchThrowable(() -> Lead.builder().email(CANARY).build()),
                catchThrowable(() -> LeadJson.read("{\"email\" " + CANARY)),
                catchThrowable(() -> LeadSource.parse(" " + CANARY)),
                catchThrowable(() -> LeadDispatcher.builder()
                        .to("hook", "https", Map.of("httpsEndpointUrl", "ftp://" + CANARY, "token" + CANARY, CANARY))
                        .build()));
        List<String> printed = thrown.stream()
                .flatMap(each -> Stream.iterate(each, e -> e != null, Throwable::getCause))
                .map(Throwable::toString)
                .toList();
        assertThat(printed.subList(0, 3)).noneMatch(text -> text.contains(CANARY));
        // the name of an unknown key is told, its value is not
        assertThat(printed.get(3))
                .contains("token" + CANARY + ": is not a setting")
                .doesNotContain("ftp");
    }

    @Test
    void aPlantedLeakIsFound() {
        record Leak(Lead lead, String email) {}
        assertThat(leaks(List.of(lead(), new Leak(lead(), lead().contact().email()))))
                .singleElement()
                .asString()
                .startsWith("Leak[");
    }

    /** A new type that prints itself belongs among the samples. */
    @Test
    void noTypeIsForgotten() {
        Set<String> covered = new TreeSet<>();
        samples().forEach(sample -> covered.add(sample.getClass().getName()));
        assertThat(printing())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(covered.contains(type.getName()) || HOLDS_NONE.contains(outermost(type)))
                        .as(type.getName())
                        .isTrue());
    }

    private static List<JavaClass> printing() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar")) // simulators, packed
                        .importPackages("io.leaddispatch")
                        .stream()
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .filter(type -> !type.getPackageName().contains(".testkit")) // prints what a test made up
                        .filter(PublicTypesCanaryTest::isPublic)
                        .filter(type -> !type.isEnum() && !type.isInterface())
                        .filter(type -> type.tryGetMethod("toString").isPresent())
                        .toList();
    }

    /** Types inside an interface are as public as that is. */
    private static boolean isPublic(JavaClass type) {
        JavaClass around = type.getEnclosingClass().orElse(null);
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC) || around != null && around.isInterface();
        return open && (around == null || isPublic(around));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(PublicTypesCanaryTest::outermost).orElse(type.getSimpleName());
    }
}
