package io.leaddispatch.cli;

import io.leaddispatch.LeadDispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lead demo}: sends sample leads to a receiver in this process, over TLS and signed. */
@Command(
        name = "demo",
        description = "Sends sample leads to a receiver in this process, over TLS and signed, and shows what became of"
                + " them.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final List<String> SAMPLES = List.of("demo-leads.ndjson", "demo-broken.json");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SendReport report = new SendReport(out, Output.TABLE, null);
        try (DemoReceiver receiver = DemoReceiver.start();
                LeadDispatcher dispatcher = to(receiver)) {
            out.println(
                    "Lead Dispatch sends sample leads to " + receiver.uri() + ", an HTTPS receiver in this process");
            out.println("with a certificate of its own, which takes only what carries a good signature.");
            out.println();
            for (String sample : SAMPLES) {
                try (InputStream in = Objects.requireNonNull(DemoCommand.class.getResourceAsStream(sample), sample)) {
                    dispatcher.sendAll(report.leads(in), report);
                }
            }
            report.finish();
            out.println("The receiver took " + receiver.accepted() + " leads and refused " + receiver.refused()
                    + " requests.");
            out.println();
            out.println("A rejected lead and a broken file are part of the show. Next: lead send --config FILE LEADS");
            out.flush();
            return receiver.refused() == 0 && receiver.accepted() > 0 ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
        }
    }

    private static LeadDispatcher to(DemoReceiver receiver) {
        return LeadDispatcher.builder()
                .to(
                        "receiver",
                        "https",
                        Map.of(
                                "httpsEndpointUrl", receiver.uri().toString(),
                                "caFile", receiver.certificate().toString(),
                                "signingSecrets", List.of(receiver.secret())))
                .build();
    }
}
