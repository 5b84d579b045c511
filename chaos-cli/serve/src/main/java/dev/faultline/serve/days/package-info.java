/** What the schedule says: game days to come, freezes, and what became of those before. */
@NullMarked
package dev.faultline.serve.days;

import org.jspecify.annotations.NullMarked;
