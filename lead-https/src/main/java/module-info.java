/** Delivers leads to an HTTPS endpoint as signed JSON. */
module io.leaddispatch.https {
    requires transitive io.leaddispatch;
    requires transitive jdk.httpserver;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.leaddispatch.https;

    provides io.leaddispatch.spi.LeadDestinationProvider with
            io.leaddispatch.https.HttpsDestinationProvider;
}
