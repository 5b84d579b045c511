/** What is known of all runs, from their journals alone. */
@NullMarked
package dev.faultline.serve.runs;

import org.jspecify.annotations.NullMarked;
