package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leaddispatch.Lead;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.net.URI;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.dto.AbstractSObjectBase;
import org.apache.camel.component.salesforce.api.dto.SaveSObjectResult;
import org.apache.camel.impl.DefaultCamelContext;

/** camel-salesforce with its collections, the fastest that it has for creating records over REST. */
final class CamelLeads implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Endpoint endpoint;

    /** A lead as that client's generator writes it: its serializer looks for fields of these very names. */
    public static final class Record extends AbstractSObjectBase {
        private final String FirstName;
        private final String LastName;
        private final String Email;
        private final String Company;
        private final String LeadSource;
        private final String Marketplace_Lead_Id__c;

        Record(Lead lead) {
            getAttributes().setType("Lead");
            this.FirstName = lead.contact().firstName();
            this.LastName = lead.contact().lastName();
            this.Email = lead.contact().email();
            this.Company = "[not provided]";
            this.LeadSource = lead.source().format();
            this.Marketplace_Lead_Id__c = lead.id().value();
        }

        @JsonProperty("FirstName")
        public String getFirstName() {
            return FirstName;
        }

        @JsonProperty("LastName")
        public String getLastName() {
            return LastName;
        }

        @JsonProperty("Email")
        public String getEmail() {
            return Email;
        }

        @JsonProperty("Company")
        public String getCompany() {
            return Company;
        }

        @JsonProperty("LeadSource")
        public String getLeadSource() {
            return LeadSource;
        }

        @JsonProperty("Marketplace_Lead_Id__c")
        public String getMarketplace_Lead_Id__c() {
            return Marketplace_Lead_Id__c;
        }
    }

    CamelLeads(URI server) {
        SalesforceLoginConfig login = new SalesforceLoginConfig();
        login.setType(AuthenticationType.CLIENT_CREDENTIALS);
        login.setLoginUrl(server.toString());
        login.setInstanceUrl(server.toString());
        login.setClientId(SalesforceSimulator.CLIENT_ID);
        login.setClientSecret(SalesforceSimulator.CLIENT_SECRET);
        SalesforceEndpointConfig config = new SalesforceEndpointConfig();
        config.setApiVersion("62.0");
        SalesforceComponent component = new SalesforceComponent();
        component.setLoginConfig(login);
        component.setConfig(config);
        context.addComponent("salesforce", component);
        context.start();
        template = context.createProducerTemplate();
        endpoint = context.getEndpoint("salesforce:compositeCreateSObjectCollections?allOrNone=false");
    }

    void create(List<Lead> leads) {
        Object answer =
                template.requestBody(endpoint, leads.stream().map(Record::new).toList());
        List<?> results = (List<?>) answer;
        for (Object result : results) {
            if (!Boolean.TRUE.equals(((SaveSObjectResult) result).getSuccess())) {
                throw new IllegalStateException("refused: " + result);
            }
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
