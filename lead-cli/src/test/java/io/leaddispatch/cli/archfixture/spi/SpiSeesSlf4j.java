package io.leaddispatch.cli.archfixture.spi;

class SpiSeesSlf4j {
    org.slf4j.Logger seen;
}
