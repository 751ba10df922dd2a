package io.leaddispatch.azuretable;

/** A connection string cannot be used. Says why, never with a part of it. */
final class UnusableConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;

    /** @param what what is wrong, to follow the setting's name */
    UnusableConnectionException(String what) {
        super(AzureTableSettings.CONNECTION_STRING.key() + " " + what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
