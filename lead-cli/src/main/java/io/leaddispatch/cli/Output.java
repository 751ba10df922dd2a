package io.leaddispatch.cli;

/** How results are written. */
enum Output {
    /** For people. */
    TABLE,
    /** One JSON object per line. */
    JSON
}
