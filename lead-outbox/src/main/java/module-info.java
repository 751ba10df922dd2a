/** Keeps leads in a database until they are delivered. */
module io.leaddispatch.outbox {
    requires transitive io.leaddispatch;
    requires transitive java.sql;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.leaddispatch.outbox;

    provides io.leaddispatch.spi.LeadQueueProvider with
            io.leaddispatch.outbox.OutboxProvider;
}
