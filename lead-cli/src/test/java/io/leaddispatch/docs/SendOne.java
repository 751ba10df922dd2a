package io.leaddispatch.docs;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import java.nio.file.Path;

/** Sends one lead to the destinations of a configuration file: {@code SendOne lead.json}. */
public final class SendOne {
    public static void main(String[] args) {
        try (LeadDispatcher dispatcher = LeadDispatcher.fromConfig(Path.of(args[0]))) {
            Lead lead = Lead.builder()
                    .firstName("Ada")
                    .email("ada@example.com")
                    .source("AzureMarketplace-INS|contoso.app")
                    .build();
            DispatchReport report = dispatcher.send(lead);
            report.outcomes().forEach((destination, outcome) -> System.out.println(destination + ": " + outcome));
        }
    }
}
