/** Bad examples, one for each rule: never used, only looked at by {@code ArchitectureTest}. */
package io.leaddispatch.cli.archfixture;
