/** Reading a configuration file, the marketplace's own document included, into a checked plan. */
@NullMarked
package io.leaddispatch.config;

import org.jspecify.annotations.NullMarked;
