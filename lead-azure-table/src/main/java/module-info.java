/** Delivers leads into an Azure Storage table, and reads them back. */
module io.leaddispatch.azuretable {
    requires transitive io.leaddispatch;
    requires static org.jspecify;
    requires com.azure.core;
    requires com.azure.data.tables;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.leaddispatch.azuretable;

    provides io.leaddispatch.spi.LeadDestinationProvider with
            io.leaddispatch.azuretable.AzureTableDestinationProvider;
}
