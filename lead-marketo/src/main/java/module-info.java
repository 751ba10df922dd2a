/** Delivers leads to Marketo Engage. */
module io.leaddispatch.marketo {
    requires transitive io.leaddispatch;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.leaddispatch.marketo;

    provides io.leaddispatch.spi.LeadDestinationProvider with
            io.leaddispatch.marketo.MarketoDestinationProvider;
}
