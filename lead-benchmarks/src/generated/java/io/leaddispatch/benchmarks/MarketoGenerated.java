package io.leaddispatch.benchmarks;

import io.leaddispatch.Lead;
import io.leaddispatch.benchmarks.generated.ApiClient;
import io.leaddispatch.benchmarks.generated.ApiException;
import io.leaddispatch.benchmarks.generated.api.LeadsApi;
import io.leaddispatch.benchmarks.generated.model.LeadInput;
import io.leaddispatch.benchmarks.generated.model.SyncLeadRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** A client that was generated from the definition which the build was given ({@code -Dmarketo.definition=FILE}). */
final class MarketoGenerated extends MarketoCalls {
    private final LeadsApi api;

    MarketoGenerated(URI base) throws IOException, InterruptedException {
        super(base);
        ApiClient generated = new ApiClient();
        generated.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
        generated.updateBaseUri(base.toString());
        generated.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        api = new LeadsApi(generated);
    }

    @Override
    int call(List<Lead> leads) throws ApiException {
        SyncLeadRequest request = new SyncLeadRequest()
                .action(SyncLeadRequest.ActionEnum.CREATE_OR_UPDATE)
                .lookupField("email");
        leads.forEach(lead -> request.addInputItem(person(lead)));
        return (int) api.syncLeadUsingPOST(request).getResult().stream()
                .filter(entry -> entry.getStatus().equals("created")
                        || entry.getStatus().equals("updated"))
                .count();
    }

    private static LeadInput person(Lead lead) {
        return new LeadInput()
                .email(lead.contact().email())
                .firstName(lead.contact().firstName())
                .lastName(lead.contact().lastName())
                .leadSource(lead.source().format());
    }
}
