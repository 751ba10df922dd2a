package io.leaddispatch.azuretable;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Every key of this destination. */
final class AzureTableSettings {
    private static final Pattern TABLE_NAMES = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,62}");

    static final Setting<Secret> CONNECTION_STRING = Setting.secret("storageAccountConnectionString")
            .alias("connectionString")
            .required()
            .doc("The storage account's connection string, with its key or a shared access signature.");
    static final Setting<String> TABLE = Setting.text(
                    "tableName",
                    "a table name: 3 to 63 letters and digits, a letter first, not \"tables\"",
                    AzureTableSettings::isTableName)
            .or("MarketplaceLeads")
            .doc("The table; the marketplace's own name unless set. Case does not matter.");
    static final Setting<Boolean> CREATE_TABLE =
            Setting.flag("createTable").or(true).doc("Whether the table is made by the first lead if it is missing.");
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout")
            .or(Duration.ofSeconds(35))
            .doc("The longest one call may take. The service itself gives up a write after 30s.");
    static final Setting<Integer> CONCURRENCY =
            Setting.number("concurrency", 1, 64).or(4).doc("The most calls at once.");
    static final Setting<OnTooLong> ON_TOO_LONG = FieldLengths.onTooLong(OnTooLong.CUT);

    static final List<Setting<?>> ALL = all();

    private AzureTableSettings() {}

    private static boolean isTableName(String name) {
        return TABLE_NAMES.matcher(name).matches() && !name.equalsIgnoreCase("tables");
    }

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                CONNECTION_STRING, TABLE, CREATE_TABLE, FieldMapping.FIELDS, ON_TOO_LONG, TIMEOUT, CONCURRENCY));
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }
}
