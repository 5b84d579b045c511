/**
 * How the records of the language become text and come back: strict, and the same for files and
 * journal.
 */
@NullMarked
package dev.faultline.model.codec;

import org.jspecify.annotations.NullMarked;
