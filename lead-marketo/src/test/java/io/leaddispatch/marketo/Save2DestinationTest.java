package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.TestLead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The old form post. */
class Save2DestinationTest {
    private static final String TAKEN = "{\"formId\":\"1179\",\"followUpUrl\":\"https:\\/\\/example.com\"}";
    private final ScriptedServer server = ScriptedServer.start();
    private final StringBuffer said = new StringBuffer();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            said.append(record.getLevel())
                    .append(' ')
                    .append(record.getMessage())
                    .append('\n');
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("io.leaddispatch.marketo").addHandler(listening);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("io.leaddispatch.marketo").removeHandler(listening);
        server.close();
    }

    private Given given() {
        return new Given()
                .with(MarketoSettings.MODE, "save2")
                .with(MarketoSettings.MUNCHKIN_ID, "284-RPR-133")
                .with(MarketoSettings.FORM_ID, "1179")
                .with(MarketoSettings.SAVE2_HOST, server.uri().toString())
                .with(MarketoSettings.SAVE2_CONSENT, true)
                .with(FieldMapping.FIELDS, Map.of("lpId", "7"));
    }

    private static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName() + (problem == null ? "" : " " + problem.code());
    }

    private DeliveryResult one(LeadDestination destination, Lead lead) throws Exception {
        return Given.deliver(destination, Clock.systemUTC(), lead).get(0);
    }

    @Test
    void openingItWarnsOnceThatAdobeForbidsIt() {
        given().open();
        assertThat(said.toString()).containsOnlyOnce("WARNING").contains("marketo.save2-forbidden", "forbids");
    }

    @Test
    void aLeadIsPostedLikeTheFormOfAPageAndSaidToBeTaken() throws Exception {
        server.answer(Answer.json(200, TAKEN));
        Lead lead = Leads.ada().toBuilder().source("SPZA-DNC").build();
        assertThat(one(given().open(), lead))
                .isEqualTo(new DeliveryResult.Delivered(Confirmation.ACCEPTED, null, List.of()));
        ReceivedRequest request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/index.php/leadCapture/save2");
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.body())
                .startsWith("munchkinId=284-RPR-133&formid=1179&formVid=1179&Email=ada-7f3a1c%40example.com&FirstName=")
                .contains("&Phone=%2B44-555-7731991&", "&LeadSource=SPZA-DNC", "&lpId=7")
                .endsWith("&Unsubscribed=true&DoNotCall=true");
    }

    @Test
    void theMunchkinIdOfAnEndpointIsSentAlone() {
        Given endpoint = given().with(MarketoSettings.MUNCHKIN_ID, "https://284-RPR-133.mktorest.com/rest");
        assertThat(endpoint.open().preview(Leads.ada())).contains("munchkinId=284-RPR-133&formid");
    }

    @Test
    void anAddressThatIsNotOfEmailsAlphabetIsRejected() throws Exception {
        Lead lead = Leads.ada().toBuilder().email("zoë@example.com").build();
        assertThat(shown(one(given().open(), lead))).isEqualTo("Rejected marketo.email-not-ascii");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "400, '{\"message\":\"checksum invalid\",\"error\":true,\"errorCode\":\"400\"}', Pause marketo.save2-refused",
        "200, '{\"formId\":\"1\",\"error\":true}', Pause marketo.save2-refused",
        "200, '{}', Pause marketo.save2-refused",
        "302, '', Pause marketo.save2-refused",
        "200, '<html>captcha</html>', Pause marketo.save2-captcha",
        "502, '<html>', Unknown marketo.outcome-unknown"
    })
    void anyOtherAnswerIsNoSuccess(int status, String body, String result) throws Exception {
        server.answer(Answer.of(status).with(body));
        assertThat(shown(one(given().open(), Leads.ada()))).isEqualTo(result);
    }

    @Test
    void aLostAnswerIsUnknown() throws Exception {
        server.answer(Answer.fault(Fault.CLOSED_AFTER_STORING));
        assertThat(shown(one(given().open(), Leads.ada()))).isEqualTo("Unknown marketo.outcome-unknown");
    }

    @Test
    void nobodyThereIsTriedAgainAndAnUnfitClientIsNot() throws Exception {
        Given nobody = given().with(MarketoSettings.SAVE2_HOST, "http://localhost:1");
        assertThat(shown(one(nobody.open(), Leads.ada()))).isEqualTo("Retry marketo.unreachable");
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThat(shown(one(given().open(follows, Clock.systemUTC()), Leads.ada())))
                .isEqualTo("Pause marketo.client-unfit");
    }

    @Test
    void aLeadWithoutAnAddressIsRejected() throws Exception {
        assertThat(shown(one(given().open(), Lead.builder().phone("1").build())))
                .isEqualTo("Rejected marketo.no-key");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void onePostAtATimeAndNeverARepeat() {
        LeadDestination destination = given().open();
        assertThat(destination.limits().concurrency()).isOne();
        assertThat(destination.limits().repeatSafe()).isFalse();
        assertThat(destination.serialKey(Leads.ada())).isEqualTo("email ada-7f3a1c@example.com");
    }

    @Test
    void theCheckIsTheTestLead() throws Exception {
        LeadDestination destination = given().open();
        assertThat(destination.verify(new Verification.Probe(null)).steps()).isEmpty();
        server.answer(Answer.json(200, TAKEN));
        Verification verification = destination.verify(new Verification.Probe(TestLead.at(Instant.EPOCH)));
        assertThat(verification.passed()).isTrue();
    }

    @Test
    void anUnusualMunchkinIdIsWarnedOf() {
        Given.at(server.uri()).with(MarketoSettings.MUNCHKIN_ID, "contoso").open();
        assertThat(said.toString()).contains("WARNING").contains("marketo.munchkin-id-unusual");
    }
}
