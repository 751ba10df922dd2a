/** Delivers leads to Dynamics 365 through the Dataverse Web API. */
@NullMarked
package io.leaddispatch.dynamics;

import org.jspecify.annotations.NullMarked;
