/** Strict loading of files: every refusal says what, where, why and what to do. */
@NullMarked
package dev.faultline.engine.file;

import org.jspecify.annotations.NullMarked;
