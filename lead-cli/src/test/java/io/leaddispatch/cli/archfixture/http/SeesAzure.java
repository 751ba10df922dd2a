package io.leaddispatch.cli.archfixture.http;

class SeesAzure {
    com.azure.archfixture.AzureClient seen;
}
