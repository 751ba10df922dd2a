package io.leaddispatch.marketo;

import io.leaddispatch.ProblemType;
import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.marketo.MarketoSettings.Mode;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers leads to Marketo Engage: type {@code marketo}. Stateless; safe for use by many threads. */
public final class MarketoDestinationProvider implements LeadDestinationProvider {
    private static final Logger LOG = LoggerFactory.getLogger(MarketoDestinationProvider.class);

    /** The lists of an instance's fields are long. */
    private static final int MOST_ANSWER_BYTES = 4 << 20;

    private static final int MOST_LEADS = 300;
    private static final Duration FORM_TIMEOUT = Duration.ofSeconds(35);
    private static final Duration LEADS_TIMEOUT = Duration.ofSeconds(95);

    /** For {@link java.util.ServiceLoader}. */
    public MarketoDestinationProvider() {}

    @Override
    public String type() {
        return "marketo";
    }

    @Override
    public String marketplaceName() {
        return "marketo";
    }

    @Override
    public List<Setting<?>> settings() {
        return MarketoSettings.ALL;
    }

    @Override
    public List<ProblemType> problems() {
        return MarketoProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        return switch (settings.get(MarketoSettings.MODE)) {
            case FORM, LEADS -> rest(settings, context);
            case SAVE2 -> save2(settings, context);
        };
    }

    private static LeadDestination rest(Settings settings, DestinationContext context) {
        boolean form = settings.get(MarketoSettings.MODE) == Mode.FORM;
        MarketoChecks checks = new MarketoChecks(settings, context.insecureLoopback());
        MarketoAddress address = checks.address();
        checks.credentials();
        checks.pace(address);
        FieldMapping mapping = checks.mapping(LeadRecord.REST_FIELDS);
        List<String> doNotContact = doNotContact(settings, List.of("unsubscribed", "doNotCall"));
        int formId = form ? checks.formId() : 0;
        if (form) {
            checks.formFields(doNotContact);
        } else {
            checks.lookupField(mapping);
        }
        checks.throwIfAny();
        MarketoAddress where = Objects.requireNonNull(address);
        String key = form ? LeadRecord.EMAIL : settings.get(MarketoSettings.LOOKUP_FIELD);
        LeadRecord records = records(settings, Objects.requireNonNull(mapping), key, form, doNotContact);
        HttpTransport transport = transport(HttpSettings.client(settings, context), context);
        MarketoInstance instance = MarketoInstance.behind(where.gate(), context);
        Duration timeout = timeout(settings);
        Secret secret = Objects.requireNonNull(settings.find(MarketoSettings.CLIENT_SECRET));
        String client = Objects.requireNonNull(settings.find(MarketoSettings.CLIENT_ID));
        say(context.name(), where, records);
        return new RestDestination(new RestDestination.Parts(
                context.name(),
                form ? RestDestination.SUBMIT_FORM : RestDestination.SYNC_LEADS,
                form
                        ? MarketoJson.form(formId, settings.find(MarketoSettings.PROGRAM_ID))
                        : MarketoJson.leads(key, settings.find(MarketoSettings.PARTITION_NAME)),
                records,
                new MarketoClient(
                        where,
                        instance.tokens(where.base(), client, secret, transport),
                        transport,
                        context.clock(),
                        timeout),
                new MarketoAnswers(
                        form,
                        context.clock(),
                        settings.get(MarketoSettings.WINDOW),
                        settings.get(MarketoSettings.SERVER_TIME_LIMIT)),
                new Streaks(settings.get(MarketoSettings.HOLD_AFTER_SKIPS)),
                instance,
                settings.find(MarketoSettings.DAILY_CALLS),
                limits(settings, form, timeout).withGate(where.gate()),
                form ? new FormFields(formId) : null));
    }

    private static LeadRecord records(
            Settings settings, FieldMapping mapping, String key, boolean form, List<String> doNotContact) {
        List<String> has = form ? settings.find(MarketoSettings.FORM_FIELDS) : null;
        Set<String> known = has == null ? Set.of() : new HashSet<>(has);
        Predicate<String> exists = has == null ? name -> true : known::contains;
        return new LeadRecord(mapping, key, settings.get(MarketoSettings.ON_TOO_LONG), exists, doNotContact);
    }

    private static List<String> doNotContact(Settings settings, List<String> standard) {
        List<String> given = settings.find(MarketoSettings.DO_NOT_CONTACT_FIELDS);
        return given == null ? standard : given;
    }

    private static Duration timeout(Settings settings) {
        Duration given = settings.find(MarketoSettings.TIMEOUT);
        return given != null ? given : settings.get(MarketoSettings.MODE) == Mode.LEADS ? LEADS_TIMEOUT : FORM_TIMEOUT;
    }

    /** A call may have to fetch a token first. */
    private static Limits limits(Settings settings, boolean form, Duration timeout) {
        Limits limits = Limits.ONE_BY_ONE
                .withConcurrency(settings.get(MarketoSettings.CONCURRENCY))
                .withRate(settings.get(MarketoSettings.CALLS_PER_WINDOW), settings.get(MarketoSettings.WINDOW))
                .withCallTimeout(timeout.plus(TokenSource.TIMEOUT));
        return form ? limits : limits.withBatch(MOST_LEADS).whereRepeatIsSafe();
    }

    private static HttpTransport transport(Supplier<HttpClient> client, DestinationContext context) {
        return new HttpTransport(client, context.clock(), context.userAgent(), MOST_ANSWER_BYTES);
    }

    private static void say(String name, MarketoAddress address, LeadRecord records) {
        if (!address.isUsual()) {
            warn(name, MarketoProblems.MUNCHKIN_ID_UNUSUAL);
        }
        List<String> leftOut = records.leftOut();
        if (!leftOut.isEmpty()) {
            LOG.info("destination {}: not in formFields, so never sent: {}", name, String.join(", ", leftOut));
        }
    }

    private static void warn(String name, ProblemType problem) {
        LOG.warn("destination {} [{}]: {}. {}", name, problem.code(), problem.cause(), problem.remedy());
    }

    private static LeadDestination save2(Settings settings, DestinationContext context) {
        MarketoChecks checks = new MarketoChecks(settings, context.insecureLoopback());
        URI host = checks.save2();
        String munchkinId = checks.munchkinId();
        int formId = checks.formId();
        FieldMapping mapping = checks.mapping(LeadRecord.PAGE_FIELDS);
        checks.throwIfAny();
        warn(context.name(), MarketoProblems.SAVE2_FORBIDDEN);
        URI where = Objects.requireNonNull(host);
        String key = LeadRecord.PAGE_EMAIL;
        LeadRecord records = new LeadRecord(
                Objects.requireNonNull(mapping),
                key,
                settings.get(MarketoSettings.ON_TOO_LONG),
                name -> true,
                doNotContact(settings, List.of("Unsubscribed", "DoNotCall")));
        return new Save2Destination(
                where,
                Objects.requireNonNull(munchkinId),
                formId,
                records,
                transport(HttpSettings.client(settings, context), context),
                context.clock(),
                limits(settings, true, timeout(settings))
                        .withConcurrency(1)
                        .withGate("marketo-save2:" + where.getRawAuthority()));
    }
}
