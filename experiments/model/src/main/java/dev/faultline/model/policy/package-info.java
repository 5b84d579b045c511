/** Rules that a plan, or what is to be released, must satisfy. */
@NullMarked
package dev.faultline.model.policy;

import org.jspecify.annotations.NullMarked;
