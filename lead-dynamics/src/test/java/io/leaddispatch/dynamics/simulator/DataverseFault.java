package io.leaddispatch.dynamics.simulator;

import java.util.Locale;
import org.apache.olingo.server.api.ODataApplicationException;

/** An error that Dataverse itself would answer, as opposed to a fault against the protocol. */
final class DataverseFault extends ODataApplicationException {
    private static final long serialVersionUID = 1L;

    DataverseFault(int status, String code, String message) {
        super(message, status, Locale.ENGLISH, code);
    }

    static DataverseFault of(Environment.Refusal refusal) {
        return new DataverseFault(refusal.status(), refusal.code(), refusal.message());
    }

    static DataverseFault createDenied() {
        return new DataverseFault(
                403,
                "0x80040220",
                "Principal user (Id=9a1d6b1e-0000-4000-8000-0000000000aa, type=8) is missing prvCreateLead privilege");
    }

    static DataverseFault duplicateKey() {
        return new DataverseFault(412, "0x80040237", "Cannot insert duplicate key.");
    }
}
