package io.leaddispatch.cli.archfixture.testkit;

import io.leaddispatch.cli.archfixture.https.HttpsKnowsOutbox;

class TestkitKnowsADestination {
    HttpsKnowsOutbox known;
}
