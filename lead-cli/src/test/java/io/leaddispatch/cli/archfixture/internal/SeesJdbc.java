package io.leaddispatch.cli.archfixture.internal;

class SeesJdbc {
    java.sql.Connection seen;
}
