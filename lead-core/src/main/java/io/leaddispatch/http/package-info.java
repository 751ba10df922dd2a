/** The small toolkit that HTTP destinations are made of: bounded exchanges, Retry-After, tokens, redaction. */
@Experimental
@NullMarked
package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import org.jspecify.annotations.NullMarked;
