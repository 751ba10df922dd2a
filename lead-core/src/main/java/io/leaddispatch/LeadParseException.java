package io.leaddispatch;

import org.jspecify.annotations.Nullable;

/** A text is not what it should be. Says where, never what stands there. */
public final class LeadParseException extends LeadException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int line;
    private final int column;

    /**
     * @param problem what is wrong
     * @param line counted from 1, or 0 if there are no lines
     * @param column counted from 1, or 0 if unknown
     */
    public LeadParseException(Problem problem, int line, int column) {
        this(problem, line, column, null);
    }

    /** As the other constructor, with the exception behind it, whose message must not quote the text. */
    public LeadParseException(Problem problem, int line, int column, @Nullable Throwable cause) {
        super(problem.cause() + (line > 0 ? " (line " + line + ", column " + column + ")" : ""), cause);
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, with its code and remedy. */
    public Problem problem() {
        return problem;
    }

    /** The line, counted from 1, or 0 if there are no lines. */
    public int line() {
        return line;
    }

    /** The column, counted from 1, or 0 if unknown. */
    public int column() {
        return column;
    }
}
