/**
 * Keeps what the Javadoc of the language says, for schema and explain. The compiler runs it on
 * judge and model; it is no part of the product.
 */
@NullMarked
package dev.faultline.glossary;

import org.jspecify.annotations.NullMarked;
