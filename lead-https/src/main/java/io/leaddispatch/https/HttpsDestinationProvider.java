package io.leaddispatch.https;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Delivers leads to an HTTPS endpoint as JSON: type {@code https}. Stateless; safe for use by many threads. */
public final class HttpsDestinationProvider implements LeadDestinationProvider {
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final Set<String> OWN_HEADERS = Set.of(
            "content-type",
            "accept",
            "user-agent",
            "idempotency-key",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    private static final URI ANY = URI.create("https://localhost/");

    /** For {@link java.util.ServiceLoader}. */
    public HttpsDestinationProvider() {}

    @Override
    public String type() {
        return "https";
    }

    @Override
    public String marketplaceName() {
        return "httpsEndpoint";
    }

    @Override
    public List<Setting<?>> settings() {
        return HttpsSettings.ALL;
    }

    @Override
    public List<ProblemType> problems() {
        return HttpsProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        LeadRequest request = new LeadRequest(context.name(), settings, context.insecureLoopback());
        request.faults().forEach(e -> faults.add(new Fault(e.setting(), e.what())));
        checkNames(settings, faults);
        StatusRanges accepted = accepted(settings, faults);
        if (accepted == null || !faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        Supplier<HttpClient> client = HttpSettings.client(settings, context);
        boolean idempotent = settings.get(HttpsSettings.IDEMPOTENCY_KEY) != HttpsSettings.IdempotencyKey.OFF;
        return new HttpsDestination(
                context.name(),
                context.userAgent(),
                request,
                new HttpTransport(client, context.clock(), context.userAgent(), MOST_ANSWER_BYTES),
                client,
                new HttpsAnswers(accepted, idempotent, context.clock()),
                new Streaks(settings.get(HttpsSettings.HOLD_AFTER_REFUSALS)),
                context.clock(),
                Limits.ONE_BY_ONE
                        .withConcurrency(settings.get(HttpsSettings.CONCURRENCY))
                        .withCallTimeout(settings.get(HttpsSettings.TIMEOUT))
                        .whereRepeatIsSafe(),
                settings.get(HttpsSettings.REFUSE_NON_PUBLIC));
    }

    private static void checkNames(Settings settings, List<Fault> faults) {
        for (String name : settings.get(HttpsSettings.HEADERS).keySet()) {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                faults.add(new Fault(HttpsSettings.HEADERS.key(), "names " + name + ", which this destination sets"));
            }
        }
        String fault = headerFault(settings.get(HttpsSettings.API_KEY_HEADER), "x");
        if (fault != null) {
            faults.add(new Fault(HttpsSettings.API_KEY_HEADER.key(), fault));
        }
        String user = settings.find(HttpsSettings.USERNAME);
        if (user != null && user.indexOf(':') >= 0) {
            faults.add(
                    new Fault(HttpsSettings.USERNAME.key(), "holds a colon, which basic authentication cannot carry"));
        }
    }

    private static @Nullable String headerFault(String name, String value) {
        try {
            HttpCall.get(ANY).header(name, value);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static @Nullable StatusRanges accepted(Settings settings, List<Fault> faults) {
        try {
            return StatusRanges.parse(settings.get(HttpsSettings.ACCEPTED));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(HttpsSettings.ACCEPTED.key(), String.valueOf(e.getMessage())));
            return null;
        }
    }
}
