package io.leaddispatch.azuretable;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Delivers leads into an Azure Storage table: type {@code azure-table}. Stateless; safe for use by many threads.
 */
public final class AzureTableDestinationProvider implements LeadDestinationProvider {
    /** The type in configuration files. */
    public static final String TYPE = "azure-table";

    /** A page of rows has at most 4 MiB; JSON may double that. */
    private static final int MOST_ANSWER_BYTES = 16 << 20;

    /** For {@link java.util.ServiceLoader}. */
    public AzureTableDestinationProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String marketplaceName() {
        return "table";
    }

    @Override
    public List<Setting<?>> settings() {
        return AzureTableSettings.ALL;
    }

    @Override
    public List<ProblemType> problems() {
        return AzureTableProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        TableAccess table = access(settings, context, faults);
        LeadRecord record = null;
        try {
            record = LeadRecord.of(settings.get(FieldMapping.FIELDS), settings.get(AzureTableSettings.ON_TOO_LONG));
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
        }
        if (record == null || !faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        return new AzureTableDestination(
                context.name(),
                record,
                table,
                new AzureTableAnswers(context.clock()),
                context.clock(),
                Limits.ONE_BY_ONE
                        .withBatch(AzureTableDestination.MOST_ROWS)
                        .withConcurrency(settings.get(AzureTableSettings.CONCURRENCY))
                        .withCallTimeout(settings.get(AzureTableSettings.TIMEOUT))
                        .whereRepeatIsSafe());
    }

    /** The table of these settings; what is wrong with the connection string goes to the faults. */
    static TableAccess access(Settings settings, DestinationContext context, List<Fault> faults) {
        HttpTransport transport = new HttpTransport(
                HttpSettings.client(settings, context), context.clock(), context.userAgent(), MOST_ANSWER_BYTES);
        TableAccess table = new TableAccess(settings, transport, context.clock(), context.insecureLoopback());
        try {
            table.connection();
        } catch (UnusableConnectionException e) {
            faults.add(new Fault(AzureTableSettings.CONNECTION_STRING.key(), e.what()));
        }
        return table;
    }
}
