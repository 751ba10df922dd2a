/** Finding the providers of destinations. */
@NullMarked
package io.leaddispatch.internal.provider;

import org.jspecify.annotations.NullMarked;
