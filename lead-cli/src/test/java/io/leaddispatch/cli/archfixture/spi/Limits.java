package io.leaddispatch.cli.archfixture.spi;

public class Limits {}
