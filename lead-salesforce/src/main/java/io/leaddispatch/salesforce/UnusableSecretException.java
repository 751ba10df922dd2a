package io.leaddispatch.salesforce;

/** A secret cannot be used as it is now. Names its setting, never its value. */
final class UnusableSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String what;

    UnusableSecretException(String setting, String what) {
        super(setting + " " + what);
        this.setting = setting;
        this.what = what;
    }

    String setting() {
        return setting;
    }

    /** What is wrong, to follow the setting's name. */
    String what() {
        return what;
    }
}
