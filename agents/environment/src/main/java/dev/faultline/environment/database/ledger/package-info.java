/** The ledger: numbered writes, what was acknowledged, and what is found again. */
@NullMarked
package dev.faultline.environment.database.ledger;

import org.jspecify.annotations.NullMarked;
