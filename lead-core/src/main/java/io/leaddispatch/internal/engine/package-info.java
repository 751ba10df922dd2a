/** The delivery engine: lanes, gates, the memory queue and the books. The only place with threads and time. */
@NullMarked
package io.leaddispatch.internal.engine;

import org.jspecify.annotations.NullMarked;
