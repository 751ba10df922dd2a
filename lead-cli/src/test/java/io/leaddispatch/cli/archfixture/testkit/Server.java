package io.leaddispatch.cli.archfixture.testkit;

public class Server {}
