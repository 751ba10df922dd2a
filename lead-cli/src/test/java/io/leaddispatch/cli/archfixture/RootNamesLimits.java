package io.leaddispatch.cli.archfixture;

import io.leaddispatch.cli.archfixture.spi.Limits;

class RootNamesLimits {
    Limits named;
}
