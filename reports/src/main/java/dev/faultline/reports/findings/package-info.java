/** What the figures of a run suggest to change; imports facts. */
@NullMarked
package dev.faultline.reports.findings;

import org.jspecify.annotations.NullMarked;
