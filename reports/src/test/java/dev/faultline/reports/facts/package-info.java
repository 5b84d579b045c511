/** Tests of the package of the same name. */
@NullMarked
package dev.faultline.reports.facts;

import org.jspecify.annotations.NullMarked;
