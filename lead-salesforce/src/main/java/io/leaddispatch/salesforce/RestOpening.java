package io.leaddispatch.salesforce;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.salesforce.RestSettings.Auth;
import io.leaddispatch.salesforce.RestSettings.Operation;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From settings to a REST destination, or to everything that is wrong with them. */
record RestOpening(Settings settings, DestinationContext context) {
    private static final int MOST_ANSWER_BYTES = 8 << 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** The first version with Sforce-Duplicate-Rule-Header. */
    private static final int DUPLICATE_HEADER_SINCE = 52;
    /** Hosts that everybody shares: the client credentials flow is not served there. */
    private static final Set<String> SHARED_HOSTS = Set.of("login.salesforce.com", "test.salesforce.com");

    LeadDestination open() {
        FieldMapping mapping = checked();
        Operation operation = settings.get(RestSettings.OPERATION);
        String keyField = operation == Operation.UPSERT ? settings.get(RestSettings.EXTERNAL_ID_FIELD) : null;
        RestCalls calls = new RestCalls(
                settings.get(RestSettings.API_VERSION),
                keyField,
                settings.find(RestSettings.ASSIGNMENT_RULE),
                settings.get(RestSettings.ALLOW_SAVE));
        CallFaults faults = new CallFaults(context.clock(), settings.get(RestSettings.QUOTA_PAUSE));
        Function<LeadFields, LeadRecord> records = records(mapping);
        Session session = session();
        FieldAdvice advice = new FieldAdvice(context.name(), records, keyField);
        Schema schema = new Schema(
                session,
                calls,
                settings.get(RestSettings.DESCRIBE),
                faults,
                fields -> fields.fault(records.apply(fields).names(), keyField),
                advice::tell,
                context.clock());
        return new RestDestination(
                context.name(),
                settings.get(RestSettings.LOGIN_URL),
                session,
                calls,
                schema,
                advice,
                records,
                record ->
                        new RestAnswers(keyField, settings.get(RestSettings.ON_DUPLICATE_RULE), record::mayCut, faults),
                context.clock(),
                limits(operation));
    }

    private Limits limits(Operation operation) {
        Duration timeout = settings.find(SalesforceSettings.TIMEOUT);
        Limits limits = Limits.ONE_BY_ONE
                .withBatch(settings.get(RestSettings.BATCH))
                .withConcurrency(settings.get(SalesforceSettings.CONCURRENCY))
                .withCallTimeout(timeout == null ? TIMEOUT : timeout);
        return operation == Operation.UPSERT ? limits.whereRepeatIsSafe() : limits;
    }

    private Session session() {
        HttpTransport transport = new HttpTransport(
                HttpSettings.client(settings, context), context.clock(), context.userAgent(), MOST_ANSWER_BYTES);
        Login login = new Login(
                new LoginRequest(settings),
                transport,
                trusted(),
                settings.find(RestSettings.INSTANCE_URL),
                settings.find(RestSettings.TOKEN_MAX_AGE),
                context.clock());
        return new Session(login, transport, context.clock());
    }

    private Function<LeadFields, LeadRecord> records(FieldMapping mapping) {
        FieldNames names = FieldNames.rest(settings.get(RestSettings.DO_NOT_CONTACT_FIELDS));
        MappingRules rules = MappingRules.from(settings, false);
        Integer leadSource = settings.find(SalesforceSettings.LEAD_SOURCE_LENGTH);
        Map<String, Integer> shorter = leadSource == null ? Map.of() : Map.of(names.leadSource(), leadSource);
        Map<String, String> whenMissing = new LinkedHashMap<>();
        whenMissing.put("LastName", settings.get(RestSettings.WHEN_MISSING));
        whenMissing.put("Company", settings.get(RestSettings.WHEN_MISSING));
        return fields -> new LeadRecord(
                mapping, names, rules, fields, shorter, whenMissing, settings.get(SalesforceSettings.ON_TOO_LONG));
    }

    private FieldMapping checked() {
        List<Fault> faults = new ArrayList<>();
        checkServer(settings.get(RestSettings.LOGIN_URL), RestSettings.LOGIN_URL.key(), faults);
        checkInstance(faults);
        checkLogin(faults);
        checkHeaders(faults);
        FieldMapping mapping = null;
        try {
            mapping = FieldMapping.of(FieldNames.rest(List.of()).standard(), settings.get(FieldMapping.FIELDS));
            checkNames(mapping.names(), faults);
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
        }
        if (mapping == null || !faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        return mapping;
    }

    private void checkServer(@Nullable URI server, String key, List<Fault> faults) {
        if (server == null) {
            return;
        }
        String fault = EndpointRules.fault(server, context.insecureLoopback());
        if (fault == null && server.getHost().endsWith(".lightning.force.com")) {
            fault = "is the address of the user interface: take https://NAME.my.salesforce.com (Setup > My Domain)";
        }
        if (fault != null) {
            faults.add(new Fault(key, fault));
        }
    }

    private void checkInstance(List<Fault> faults) {
        URI instance = settings.find(RestSettings.INSTANCE_URL);
        int before = faults.size();
        checkServer(instance, RestSettings.INSTANCE_URL.key(), faults);
        if (instance != null && faults.size() == before && !trusted().trusts(instance)) {
            faults.add(new Fault(
                    RestSettings.INSTANCE_URL.key(),
                    "is outside salesforce.com, force.com and loginUrl's host, so it gets no token: add its domain to"
                            + " trustedDomains"));
        }
    }

    private TrustedHosts trusted() {
        return TrustedHosts.of(
                Objects.toString(settings.get(RestSettings.LOGIN_URL).getHost(), ""),
                settings.get(RestSettings.TRUSTED_DOMAINS),
                context.insecureLoopback());
    }

    private void checkHeaders(List<Fault> faults) {
        String version = settings.get(RestSettings.API_VERSION);
        if (settings.get(RestSettings.ALLOW_SAVE)
                && Integer.parseInt(version.substring(0, version.indexOf('.'))) < DUPLICATE_HEADER_SINCE) {
            faults.add(new Fault(
                    RestSettings.ALLOW_SAVE.key(),
                    "needs apiVersion " + DUPLICATE_HEADER_SINCE + ".0 or later: older ones do not know it"));
        }
    }

    /** Salesforce takes names in any case, so a field would go out twice. */
    private void checkNames(Set<String> names, List<Fault> faults) {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (settings.get(RestSettings.OPERATION) == Operation.UPSERT) {
            first.put(settings.get(RestSettings.EXTERNAL_ID_FIELD), RestSettings.EXTERNAL_ID_FIELD.key());
        }
        for (String name : names) {
            String other = first.putIfAbsent(name, name);
            if (other != null) {
                faults.add(new Fault(
                        FieldMapping.FIELDS.key() + "." + name,
                        other.equals(RestSettings.EXTERNAL_ID_FIELD.key())
                                ? "is the field of externalIdField, which gets the lead's key: take it out"
                                : "is " + other + " in another case: take one of them out"));
            }
        }
    }

    private void checkLogin(List<Fault> faults) {
        Auth auth = settings.get(RestSettings.AUTH);
        String host = Objects.toString(settings.get(RestSettings.LOGIN_URL).getHost(), "");
        if (auth == Auth.CLIENT_CREDENTIALS && SHARED_HOSTS.contains(host)) {
            faults.add(new Fault(
                    RestSettings.LOGIN_URL.key(),
                    "does not serve client credentials: take https://NAME.my.salesforce.com (Setup > My Domain)"));
        }
        try {
            if (auth == Auth.JWT_BEARER) {
                SigningKey.of(settings);
            }
        } catch (UnusableSecretException e) {
            faults.add(new Fault(e.setting(), e.what()));
        }
    }
}
