package io.leaddispatch.cli.archfixture.internal;

class SomeUtil {}
