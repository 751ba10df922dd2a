/** Delivers leads to Salesforce, by Web-to-Lead or by the REST API. */
@NullMarked
package io.leaddispatch.salesforce;

import org.jspecify.annotations.NullMarked;
