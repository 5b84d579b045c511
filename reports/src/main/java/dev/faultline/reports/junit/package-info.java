/** A run as the test suite that build servers know; imports facts and findings. */
@NullMarked
package dev.faultline.reports.junit;

import org.jspecify.annotations.NullMarked;
