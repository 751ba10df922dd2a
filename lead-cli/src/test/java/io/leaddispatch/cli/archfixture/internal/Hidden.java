package io.leaddispatch.cli.archfixture.internal;

public class Hidden {}
