/** Keeps leads in a database until they are delivered: a SQLite file, or PostgreSQL shared by many processes. */
@NullMarked
package io.leaddispatch.outbox;

import org.jspecify.annotations.NullMarked;
