package io.leaddispatch.testkit.contract;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong before the first delivery. */
final class WrongProviders {
    private static final String FAULTS = "configurationFaultsComeAllAtOnceAndWithoutValues";

    private WrongProviders() {}

    /** Stands in no {@code META-INF/services}. */
    static final class Unregistered extends WrongProvider {}

    static List<Wrong<WrongProvider>> all() {
        return List.of(
                Wrong.only("is not registered", new Unregistered(), "theProviderIsFoundByServiceLoader"),
                Wrong.only("lists a code twice", new WrongProvider(new TwiceListed()), "typeAndProblemsAreWellFormed"),
                Wrong.only(
                        "has a setting without a word",
                        new WrongProvider(new Undocumented()),
                        "settingsAreDeclaredOnceAndDocumented"),
                Wrong.only(
                        "asks the server when it is opened", new WrongProvider(new Eager()), "openingTouchesNoNetwork"),
                Wrong.only("names one fault after the other", new WrongProvider(new OneFault()), FAULTS),
                Wrong.only("quotes a wrong value", new WrongProvider(new Quoting()), FAULTS));
    }

    private static final class TwiceListed extends Twist {
        @Override
        List<ProblemType> problems(List<ProblemType> right) {
            return Stream.concat(right.stream(), right.stream()).toList();
        }
    }

    private static final class Undocumented extends Twist {
        @Override
        List<Setting<?>> settings(List<Setting<?>> right) {
            return Stream.concat(right.stream(), Stream.of(Setting.text("colour")))
                    .toList();
        }
    }

    private static final class Eager extends Twist {
        @Override
        LeadDestination open(LeadDestinationProvider right, Settings settings, DestinationContext context) {
            Setting<?> api = right.settings().get(1);
            HttpRequest ping = HttpRequest.newBuilder(URI.create(settings.get(api) + "/ping"))
                    .build();
            LeadDestination opened = super.open(right, settings, context);
            try {
                context.http().get().send(ping, BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return opened;
        }
    }

    private static final class OneFault extends Twist {
        @Override
        LeadDestination open(LeadDestinationProvider right, Settings settings, DestinationContext context) {
            try {
                return super.open(right, settings, context);
            } catch (LeadConfigurationException e) {
                throw new LeadConfigurationException(e.faults().subList(0, 1));
            }
        }
    }

    private static final class Quoting extends Twist {
        @Override
        LeadDestination open(LeadDestinationProvider right, Settings settings, DestinationContext context) {
            try {
                return super.open(right, settings, context);
            } catch (LeadConfigurationException e) {
                Setting<?> api = right.settings().get(1);
                throw new LeadConfigurationException(e.faults().stream()
                        .map(fault -> new Fault(fault.path(), fault.what() + ": " + settings.get(api)))
                        .toList());
            }
        }
    }
}
