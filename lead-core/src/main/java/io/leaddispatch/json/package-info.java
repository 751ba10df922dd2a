/** The JSON forms of a lead: the marketplace's, as documented and as really sent, and this library's own complete one. */
@NullMarked
package io.leaddispatch.json;

import org.jspecify.annotations.NullMarked;
