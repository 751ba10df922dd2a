package io.leaddispatch.example.zoho;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.ProblemType;
import io.leaddispatch.Secret;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Leads to Zoho CRM. */
public final class ZohoDestinationProvider implements LeadDestinationProvider {
    static final Setting<URI> ACCOUNTS = Setting.uri("accountsServer")
            .or(URI.create("https://accounts.zoho.com"))
            .doc("Where tokens come from; other data centres end in .eu, .in and so on.");
    static final Setting<URI> API = Setting.uri("apiServer")
            .or(URI.create("https://www.zohoapis.com"))
            .doc("Where leads go; of the same data centre.");
    static final Setting<String> CLIENT_ID =
            Setting.text("clientId").required().doc("The client id of the API console.");
    static final Setting<Secret> CLIENT_SECRET =
            Setting.secret("clientSecret").required().doc("The client secret of the API console.");
    static final Setting<Secret> REFRESH_TOKEN =
            Setting.secret("refreshToken").required().doc("A refresh token with scope ZohoCRM.modules.leads.ALL.");
    static final Setting<OnTooLong> ON_TOO_LONG = FieldLengths.onTooLong(OnTooLong.CUT);

    @Override
    public String type() {
        return "zoho";
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(
                List.of(ACCOUNTS, API, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, FieldMapping.FIELDS, ON_TOO_LONG));
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }

    @Override
    public List<ProblemType> problems() {
        return ZohoProblems.ALL;
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        for (Setting<URI> server : List.of(ACCOUNTS, API)) {
            String fault = EndpointRules.fault(settings.get(server), context.insecureLoopback());
            if (fault != null) {
                faults.add(new Fault(server.key(), fault));
            }
        }
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        HttpTransport transport = new HttpTransport(
                HttpSettings.client(settings, context),
                context.clock(),
                context.userAgent(),
                HttpTransport.DEFAULT_MOST_BYTES);
        ZohoTokens tokens = new ZohoTokens(settings, transport, context.clock());
        ZohoRecord record = ZohoRecord.of(settings.get(FieldMapping.FIELDS), settings.get(ON_TOO_LONG));
        return new ZohoDestination(
                settings.get(API), record, tokens.cache(), transport, new ZohoAnswers(context.clock()));
    }
}
