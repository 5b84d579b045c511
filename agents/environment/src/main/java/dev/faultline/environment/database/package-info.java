/**
 * Databases: how they stand, what takes their primary, and the ledger of what they acknowledged.
 */
@NullMarked
package dev.faultline.environment.database;

import org.jspecify.annotations.NullMarked;
