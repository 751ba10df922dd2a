/** What an integrator needs to write a destination or a queue: no third-party types. */
@NullMarked
package io.leaddispatch.spi;

import org.jspecify.annotations.NullMarked;
