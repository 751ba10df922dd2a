package io.leaddispatch.cli.archfixture.outbox;

public class Outbox {}
