/** What runs suggest to change. */
@NullMarked
package dev.faultline.reports.findings;

import org.jspecify.annotations.NullMarked;
