/** A Dataverse environment in this process: a real OData server behind a thin layer of Dataverse's own rules. */
package io.leaddispatch.dynamics.simulator;
