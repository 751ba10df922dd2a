/** The command {@code lead}. */
@NullMarked
package io.leaddispatch.cli;

import org.jspecify.annotations.NullMarked;
