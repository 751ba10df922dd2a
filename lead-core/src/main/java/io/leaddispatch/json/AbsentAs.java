package io.leaddispatch.json;

/** How a field that a lead does not have is written. */
public enum AbsentAs {
    /** Not at all: the property is left out. */
    OMIT,
    /** As an empty text, for receivers that fail on a missing property. */
    EMPTY
}
