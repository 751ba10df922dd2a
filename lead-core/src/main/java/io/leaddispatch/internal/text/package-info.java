/** Small things about texts that several packages share. */
@NullMarked
package io.leaddispatch.internal.text;

import org.jspecify.annotations.NullMarked;
