package io.leaddispatch.azuretable;

import io.leaddispatch.LeadException;
import io.leaddispatch.Problem;

/** Leads cannot be read from the table. Holds neither personal data nor a secret. */
public final class AzureTableException extends LeadException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    AzureTableException(Problem problem) {
        super("[" + problem.code() + "] " + problem.cause() + ". " + problem.remedy(), null);
        this.problem = problem;
    }

    /** Why, and what to do. */
    public Problem problem() {
        return problem;
    }
}
