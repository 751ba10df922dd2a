/** The lead, its dispatcher and its report: all that a host application needs. */
@NullMarked
package io.leaddispatch;

import org.jspecify.annotations.NullMarked;
