/**
 * A Marketo instance on loopback, as far as leads go. Each rule names the section of facts/marketo.md (November 2026) that
 * it comes from; where that page leaves a point open, the rule says which way was taken.
 */
@NullMarked
package io.leaddispatch.testkit.marketo;

import org.jspecify.annotations.NullMarked;
