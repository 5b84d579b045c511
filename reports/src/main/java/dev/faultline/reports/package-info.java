/** Events in, document out; one format per file. */
@NullMarked
package dev.faultline.reports;

import org.jspecify.annotations.NullMarked;
