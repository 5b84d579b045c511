/** Tests of the page with a real server. */
@NullMarked
package dev.faultline.serve;

import org.jspecify.annotations.NullMarked;
