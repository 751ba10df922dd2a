/** The lead, its dispatcher, the SPI of destinations, and the toolkit they are made of. */
module io.leaddispatch {
    requires transitive java.net.http;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.leaddispatch;
    exports io.leaddispatch.config;
    exports io.leaddispatch.http;
    exports io.leaddispatch.json;
    exports io.leaddispatch.spi;

    uses io.leaddispatch.spi.LeadDestinationProvider;
    uses io.leaddispatch.spi.LeadQueueProvider;
}
