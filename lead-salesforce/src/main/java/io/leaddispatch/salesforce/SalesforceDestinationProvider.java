package io.leaddispatch.salesforce;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.salesforce.SalesforceSettings.Mode;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.List;

/**
 * Delivers leads to Salesforce: type {@code salesforce}, by Web-to-Lead or by the REST API. Stateless; safe for use by
 * many threads.
 */
public final class SalesforceDestinationProvider implements LeadDestinationProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SalesforceDestinationProvider() {}

    @Override
    public String type() {
        return "salesforce";
    }

    @Override
    public String marketplaceName() {
        return "salesforce";
    }

    @Override
    public List<Setting<?>> settings() {
        return SalesforceSettings.ALL;
    }

    @Override
    public List<ProblemType> problems() {
        return SalesforceProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        return mode(settings) == Mode.REST
                ? new RestOpening(settings, context).open()
                : new WebOpening(settings, context).open();
    }

    /** The marketplace's document has the organization's id and nothing else: that is Web-to-Lead. */
    private static Mode mode(Settings settings) {
        Mode given = settings.find(SalesforceSettings.MODE);
        if (given != null) {
            return given;
        }
        boolean rest = RestSettings.ALL.stream()
                .anyMatch(setting -> setting.standard() == null && settings.find(setting) != null);
        if (rest || settings.find(SalesforceSettings.ORGANIZATION) == null) {
            throw new LeadConfigurationException(List.of(new Fault(
                    SalesforceSettings.MODE.key(), "is missing: web-to-lead (with objectIdentifier) or rest")));
        }
        return Mode.WEB_TO_LEAD;
    }
}
