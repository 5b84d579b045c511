/** What holds for every word of the language. */
@NullMarked
package dev.faultline.model.contract;

import org.jspecify.annotations.NullMarked;
