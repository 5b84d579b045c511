/** What a report states about a run, computed once for every format; imports model and judge. */
@NullMarked
package dev.faultline.reports.facts;

import org.jspecify.annotations.NullMarked;
