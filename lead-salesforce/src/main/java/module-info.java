/** Delivers leads to Salesforce, by Web-to-Lead or by the REST API. */
module io.leaddispatch.salesforce {
    requires transitive io.leaddispatch;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.leaddispatch.salesforce;

    provides io.leaddispatch.spi.LeadDestinationProvider with
            io.leaddispatch.salesforce.SalesforceDestinationProvider;
}
