package io.leaddispatch.cli.archfixture.internal;

class Sleeps {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
