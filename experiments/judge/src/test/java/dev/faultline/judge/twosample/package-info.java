/** Tests of the comparison of two samples. */
@NullMarked
package dev.faultline.judge.twosample;

import org.jspecify.annotations.NullMarked;
