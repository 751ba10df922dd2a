/** The command {@code lead}. {@code lead.jar} has it with everything it needs; there it is no module. */
module io.leaddispatch.cli {
    requires io.leaddispatch;
    requires io.leaddispatch.azuretable;
    requires io.leaddispatch.https;
    requires io.leaddispatch.outbox;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires java.logging;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports io.leaddispatch.cli;

    opens io.leaddispatch.cli to
            info.picocli;
}
