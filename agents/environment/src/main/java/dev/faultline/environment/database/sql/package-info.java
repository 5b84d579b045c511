/** Statements to PostgreSQL: how they are put, and what their failures mean. */
@NullMarked
package dev.faultline.environment.database.sql;

import org.jspecify.annotations.NullMarked;
