package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.Confirmation;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Settings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DestinationConfigTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void allAreOpenedInOrderEachWithItsName() {
        List<String> names = new ArrayList<>();
        BiFunction<Settings, DestinationContext, LeadDestination> opening = (settings, context) -> {
            names.add(context.name());
            return recording(context.name());
        };

        Map<String, LeadDestination> opened = DestinationConfig.openAll(
                List.of(configured("b", opening), configured("a", opening)), DestinationConfigTest::context);

        assertThat(opened.keySet()).containsExactly("b", "a");
        assertThat(names).containsExactly("b", "a");
        assertThat(closed).isEmpty();
    }

    @Test
    void faultsOfAllArriveTogetherAndWhatWasOpenedIsClosed() {
        List<DestinationConfig> destinations = List.of(
                configured("good", (settings, context) -> recording("good")),
                configured("stubborn", (settings, context) -> new Recording("stubborn") {
                    @Override
                    public void close() {
                        throw new IllegalStateException("marker");
                    }
                }),
                configured("two", (settings, context) -> {
                    throw new LeadConfigurationException(
                            List.of(new Fault("url", "is odd"), new Fault("", "is odd too")));
                }),
                configured("broken", (settings, context) -> {
                    throw new IllegalArgumentException("marker");
                }),
                configured("other", (settings, context) -> recording("other")));

        LeadConfigurationException thrown = catchThrowableOfType(
                LeadConfigurationException.class,
                () -> DestinationConfig.openAll(destinations, DestinationConfigTest::context));

        assertThat(thrown.faults()).hasSize(3);
        assertThat(thrown.faults().get(0)).isEqualTo(new Fault("destinations.two.settings.url", "is odd"));
        assertThat(thrown.faults().get(1)).isEqualTo(new Fault("destinations.two.settings", "is odd too"));
        assertThat(thrown.faults().get(2).toString())
                .startsWith("destinations.broken.settings: cannot be used: its provider failed with "
                        + "java.lang.IllegalArgumentException at ")
                .contains("DestinationConfigTest")
                .doesNotContain("marker");
        assertThat(closed).containsExactly("good", "other");
    }

    @Test
    void providerThatGivesNothingIsAFault() {
        DestinationConfig nothing = configured("nothing", (settings, context) -> nothing());

        assertThat(catchThrowableOfType(LeadConfigurationException.class, () -> nothing.open(context("nothing")))
                        .getMessage())
                .startsWith("destinations.nothing.settings: cannot be used");
    }

    @Test
    void laneCanBeChanged() {
        DestinationConfig plain = configured("a", (settings, context) -> recording("a"));

        assertThat(plain.lane()).isEqualTo(LaneOptions.DEFAULT);
        assertThat(plain.withLane(LaneOptions.DEFAULT.withAttempts(2)).lane().attempts())
                .isEqualTo(2);
        assertThat(plain.provider().type()).isEqualTo("crm");
    }

    @Test
    void twoProvidersOfOneTypeAreAFault() {
        LeadConfigReader reader =
                LeadConfigReader.standard().providers(List.of(new FakeProvider("crm", null), new OtherProvider()));

        assertThat(catchThrowableOfType(
                                LeadConfigurationException.class, () -> reader.destination("a", "crm", Map.of()))
                        .getMessage())
                .startsWith("destinations.a.type: two providers have the type crm: ")
                .contains(FakeProvider.class.getName(), OtherProvider.class.getName());
    }

    private static final class OtherProvider implements LeadDestinationProvider {
        @Override
        public String type() {
            return "crm";
        }

        @Override
        public List<io.leaddispatch.spi.Setting<?>> settings() {
            return List.of();
        }

        @Override
        public LeadDestination open(Settings settings, DestinationContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @SuppressWarnings("NullAway") // what a careless provider does
    private static LeadDestination nothing() {
        return null;
    }

    private static DestinationConfig configured(
            String name, BiFunction<Settings, DestinationContext, LeadDestination> opening) {
        return LeadConfigReader.standard()
                .providers(List.of(new FakeProvider("crm", null, List.of(), opening)))
                .destination(name, "crm", Map.of());
    }

    private static DestinationContext context(String name) {
        return new DestinationContext(name, Clock.systemUTC(), HttpClient::newHttpClient, "test", false);
    }

    private Recording recording(String name) {
        return new Recording(name);
    }

    private class Recording implements LeadDestination {
        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }
}
