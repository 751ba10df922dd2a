/** Delivers leads into an Azure Storage table, and reads them back. */
@NullMarked
package io.leaddispatch.azuretable;

import org.jspecify.annotations.NullMarked;
