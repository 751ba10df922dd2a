/** What every destination and every queue keeps to, as JUnit classes to extend. */
@NullMarked
package io.leaddispatch.testkit.contract;

import org.jspecify.annotations.NullMarked;
