/** Loads strictly, plans, checks, runs with the journal, undoes, recovers. */
@NullMarked
package dev.faultline.engine;

import org.jspecify.annotations.NullMarked;
