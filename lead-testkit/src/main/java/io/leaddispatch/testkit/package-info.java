/** Contract tests for any destination, a scripted server and simulators. */
@NullMarked
package io.leaddispatch.testkit;

import org.jspecify.annotations.NullMarked;
