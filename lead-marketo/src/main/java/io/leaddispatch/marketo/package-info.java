/** Delivers leads to Marketo Engage, by form submission or lead sync. */
@NullMarked
package io.leaddispatch.marketo;

import org.jspecify.annotations.NullMarked;
