package io.leaddispatch.cli.archfixture.dynamics;

import io.leaddispatch.cli.archfixture.testkit.Server;

class DynamicsKnowsTestkit {
    Server known;
}
