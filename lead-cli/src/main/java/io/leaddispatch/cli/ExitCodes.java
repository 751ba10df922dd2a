package io.leaddispatch.cli;

/** What the process says to scripts. */
final class ExitCodes {
    static final int ALL_WELL = 0;
    static final int SOMETHING_LEFT = 1;
    static final int NOT_STARTED = 2;

    private ExitCodes() {}
}
