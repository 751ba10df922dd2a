package io.leaddispatch;

import java.util.List;
import java.util.stream.Collectors;

/** A lead breaks the rules of a lead. Names every fault at once, by field, never by value. */
public final class InvalidLeadException extends LeadException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems all faults found, at least one */
    public InvalidLeadException(List<Problem> problems) {
        super(problems.stream().map(Problem::cause).collect(Collectors.joining("; ")), null);
        this.problems = List.copyOf(problems);
    }

    /** All faults found, at least one, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }
}
