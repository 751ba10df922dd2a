package io.leaddispatch.cli.archfixture.internal;

class PrintsToSystemOut {
    void print() {
        System.out.println("a lead");
    }
}
