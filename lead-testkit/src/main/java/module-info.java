/**
 * Contract tests for any destination and any queue, a scripted server, simulators and fixtures. JUnit is needed by those
 * only who extend a contract.
 */
module io.leaddispatch.testkit {
    requires transitive io.leaddispatch;
    requires java.logging;
    requires com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.leaddispatch.testkit;
    exports io.leaddispatch.testkit.contract;
    exports io.leaddispatch.testkit.marketo;
    exports io.leaddispatch.testkit.salesforce;
}
