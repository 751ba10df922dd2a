package io.leaddispatch.cli.archfixture.azuretable;

import io.leaddispatch.cli.archfixture.https.HttpsKnowsOutbox;

class AzureKnowsHttps {
    HttpsKnowsOutbox known;
}
