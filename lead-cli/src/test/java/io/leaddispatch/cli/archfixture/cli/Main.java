package io.leaddispatch.cli.archfixture.cli;

public class Main {}
