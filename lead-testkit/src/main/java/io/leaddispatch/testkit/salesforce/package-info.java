/**
 * A Salesforce that answers on loopback: log-in, sObject Collections, single records, describe, limits, Web-to-Lead.
 *
 * <p>Built from public documentation, recorded answers of a real org and what other clients have seen; a comment
 * {@code [3.5 documented]} at a rule names the section of the project's collection of facts and how sure it is. What is
 * marked assumed has never been compared with an org.
 */
@NullMarked
package io.leaddispatch.testkit.salesforce;

import org.jspecify.annotations.NullMarked;
