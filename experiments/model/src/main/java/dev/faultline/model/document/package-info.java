/** The files that people write. */
@NullMarked
package dev.faultline.model.document;

import org.jspecify.annotations.NullMarked;
