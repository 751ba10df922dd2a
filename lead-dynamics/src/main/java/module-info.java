/** Delivers leads to Dynamics 365 through the Dataverse Web API. */
module io.leaddispatch.dynamics {
    requires transitive io.leaddispatch;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.microsoft.aad.msal4j;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.leaddispatch.dynamics;

    provides io.leaddispatch.spi.LeadDestinationProvider with
            io.leaddispatch.dynamics.DynamicsDestinationProvider;
}
