package io.leaddispatch.cli.archfixture;

import io.leaddispatch.cli.archfixture.https.HttpsKnowsOutbox;

class CoreKnowsADestination {
    HttpsKnowsOutbox known;
}
