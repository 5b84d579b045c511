/**
 * What the language is, read from its types and their Javadoc: one source for schema, explain and
 * completion.
 */
@NullMarked
package dev.faultline.app.language;

import org.jspecify.annotations.NullMarked;
