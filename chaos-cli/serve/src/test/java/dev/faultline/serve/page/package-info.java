/** Tests of what is shown. */
@NullMarked
package dev.faultline.serve.page;

import org.jspecify.annotations.NullMarked;
