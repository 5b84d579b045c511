/** First files: templates, and what they ask. */
@NullMarked
package dev.faultline.app.start;

import org.jspecify.annotations.NullMarked;
