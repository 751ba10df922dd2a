package io.leaddispatch.cli.archfixture.marketo;

import io.leaddispatch.cli.archfixture.salesforce.SalesforceKnowsCli;

class MarketoKnowsSalesforce {
    SalesforceKnowsCli known;
}
