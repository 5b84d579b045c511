/**
 * The records of {@code report.json}, as {@code report.schema.json} states them: units stand in
 * names, what is not known is left out; imports facts and findings.
 */
@NullMarked
package dev.faultline.reports.json;

import org.jspecify.annotations.NullMarked;
