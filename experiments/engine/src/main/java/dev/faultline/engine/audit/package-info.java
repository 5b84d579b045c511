/** Who ran, approved, halted and undid what: a log whose records are chained by their hashes. */
@NullMarked
package dev.faultline.engine.audit;

import org.jspecify.annotations.NullMarked;
