package io.leaddispatch.cli.archfixture.salesforce;

import io.leaddispatch.cli.archfixture.cli.Main;

public class SalesforceKnowsCli {
    Main known;
}
