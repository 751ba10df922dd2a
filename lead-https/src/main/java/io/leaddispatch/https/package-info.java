/** Delivers leads as signed JSON to an HTTPS endpoint, and receives them. */
@NullMarked
package io.leaddispatch.https;

import org.jspecify.annotations.NullMarked;
