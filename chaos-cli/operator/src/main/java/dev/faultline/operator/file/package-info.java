/** Objects as the files that the command line runs, and what of them an operator trusts. */
@NullMarked
package dev.faultline.operator.file;

import org.jspecify.annotations.NullMarked;
