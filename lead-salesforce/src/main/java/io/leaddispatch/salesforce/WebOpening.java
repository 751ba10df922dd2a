package io.leaddispatch.salesforce;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.salesforce.SalesforceSettings.Environment;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From settings to a Web-to-Lead destination, or to everything that is wrong with them. */
record WebOpening(Settings settings, DestinationContext context) {
    private static final String PRODUCTION = "https://webto.salesforce.com/servlet/servlet.WebToLead";
    private static final String SANDBOX = "https://test.salesforce.com/servlet/servlet.WebToLead";
    private static final int LEAD_SOURCE = 40;
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    LeadDestination open() {
        List<Fault> faults = new ArrayList<>();
        String organization = organization(faults);
        URI servlet = servlet(faults);
        FieldMapping mapping = mapping(faults);
        if (organization == null || servlet == null || mapping == null || !faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        Integer leadSource = settings.find(SalesforceSettings.LEAD_SOURCE_LENGTH);
        LeadRecord record = new LeadRecord(
                mapping,
                FieldNames.WEB,
                MappingRules.from(settings, true),
                LeadFields.ofLengths(WebFields.LENGTHS),
                Map.of(FieldNames.WEB.leadSource(), leadSource == null ? LEAD_SOURCE : leadSource),
                Map.of(),
                settings.get(SalesforceSettings.ON_TOO_LONG));
        Duration timeout = settings.find(SalesforceSettings.TIMEOUT);
        return new WebToLeadDestination(
                context.name(),
                withQuery(servlet, organization),
                new WebForm(
                        organization,
                        Set.copyOf(settings.get(SalesforceSettings.MULTI_SELECT_FIELDS)),
                        settings.find(SalesforceSettings.DEBUG_EMAIL)),
                record,
                new HttpTransport(
                        HttpSettings.client(settings, context),
                        context.clock(),
                        context.userAgent(),
                        MOST_ANSWER_BYTES),
                new DayCount(settings.get(SalesforceSettings.DAILY_LIMIT)),
                context.clock(),
                Limits.ONE_BY_ONE
                        .withConcurrency(settings.get(SalesforceSettings.CONCURRENCY))
                        .withCallTimeout(timeout == null ? TIMEOUT : timeout));
    }

    private @Nullable String organization(List<Fault> faults) {
        String given = settings.find(SalesforceSettings.ORGANIZATION);
        String key = SalesforceSettings.ORGANIZATION.key();
        if (given == null) {
            faults.add(new Fault(key, "is missing (needed because mode is web-to-lead)"));
            return null;
        }
        try {
            return OrganizationId.parse(given);
        } catch (IllegalArgumentException e) { // says what is wrong, in words for the operator
            faults.add(new Fault(key, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable URI servlet(List<Fault> faults) {
        URI given = settings.find(SalesforceSettings.WEB_TO_LEAD_URL);
        if (given == null) {
            boolean sandbox = settings.get(SalesforceSettings.ENVIRONMENT) == Environment.SANDBOX;
            return URI.create(sandbox ? SANDBOX : PRODUCTION);
        }
        String fault = EndpointRules.fault(given, context.insecureLoopback());
        if (fault == null && given.getRawQuery() != null) {
            fault = "has a query (?...), which is added here: take it out";
        }
        if (fault != null) {
            faults.add(new Fault(SalesforceSettings.WEB_TO_LEAD_URL.key(), fault));
            return null;
        }
        return given;
    }

    private @Nullable FieldMapping mapping(List<Fault> faults) {
        try {
            FieldMapping mapping = FieldMapping.of(FieldNames.WEB.standard(), settings.get(FieldMapping.FIELDS));
            faults.addAll(WebFields.faults(mapping.names()));
            return mapping;
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
            return null;
        }
    }

    private URI withQuery(URI servlet, String organization) {
        String query =
                "?encoding=UTF-8" + (settings.get(SalesforceSettings.SEND_ORG_ID) ? "&orgId=" + organization : "");
        return URI.create(servlet + query);
    }
}
