package io.leaddispatch.cli.archfixture.https;

import io.leaddispatch.cli.archfixture.outbox.Outbox;

public class HttpsKnowsOutbox {
    Outbox known;
}
