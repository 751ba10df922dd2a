package io.leaddispatch.dynamics;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.dynamics.DynamicsSettings.Authentication;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers leads to Dynamics 365: type {@code dynamics}. Stateless; safe for use by many threads. */
public final class DynamicsDestinationProvider implements LeadDestinationProvider {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicsDestinationProvider.class);

    /** A thousand parts of an answer to a batch, each with an error that explains itself. */
    private static final int MOST_ANSWER_BYTES = 8 << 20;

    private static final int MOST_TOKEN_BYTES = 64 * 1024;
    private static final Duration RENEW_EARLY = Duration.ofMinutes(5);

    /** For {@link java.util.ServiceLoader}. */
    public DynamicsDestinationProvider() {}

    @Override
    public String type() {
        return "dynamics";
    }

    @Override
    public String marketplaceName() {
        return "dynamics";
    }

    @Override
    public List<Setting<?>> settings() {
        return DynamicsSettings.ALL;
    }

    @Override
    public List<ProblemType> problems() {
        return DynamicsProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        Connection connection = Connection.of(settings, context.insecureLoopback(), faults);
        LeadRecord record = Mapping.of(settings, faults);
        if (connection == null || record == null || !faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        for (String advice : connection.advice()) {
            Problem problem = DynamicsProblems.SETTINGS_DOUBTFUL.problem(advice);
            LOG.warn("{} [{}]: {}. {}", context.name(), problem.code(), problem.cause(), problem.remedy());
        }
        Supplier<HttpClient> http = HttpSettings.client(settings, context);
        SignIn signIn = new SignIn(
                connection.authority(),
                connection.applicationId(),
                connection.credential(),
                connection.origin() + "/.default",
                new HttpTransport(http, context.clock(), context.userAgent(), MOST_TOKEN_BYTES),
                context.clock());
        DataverseClient client = new DataverseClient(
                connection.origin(),
                new HttpTransport(http, context.clock(), context.userAgent(), MOST_ANSWER_BYTES),
                new TokenCache<IOException>(signIn, context.clock(), RENEW_EARLY));
        return new DynamicsDestination(
                context.name(),
                client,
                new LeadRequests(
                        client,
                        settings.get(DynamicsSettings.INSERT_BY),
                        settings.get(DynamicsSettings.DUPLICATE_DETECTION)),
                record,
                new DynamicsAnswers(settings.get(DynamicsSettings.ON_DUPLICATE_RULE), context.clock()),
                limits(settings, connection),
                settings.get(DynamicsSettings.WRITE_MODE),
                new VerifySettings(
                        Mapping.columns(settings, record),
                        Mapping.columnLengths(settings),
                        settings.find(DynamicsSettings.DIRECTORY_ID),
                        settings.get(DynamicsSettings.AUTHENTICATION) == Authentication.OFFICE_365,
                        connection.knownCloud(),
                        settings.get(DynamicsSettings.REMOVE_TEST_LEAD),
                        settings.get(DynamicsSettings.TIMEOUT),
                        context.clock()));
    }

    /** The service counts per user and environment, so that is one gate. */
    private static Limits limits(Settings settings, Connection connection) {
        return Limits.ONE_BY_ONE
                .withBatch(settings.get(DynamicsSettings.BATCH_SIZE))
                .withConcurrency(settings.get(DynamicsSettings.CONCURRENCY))
                .withCallTimeout(settings.get(DynamicsSettings.TIMEOUT))
                .whereRepeatIsSafe()
                .withGate(connection.gate());
    }
}
