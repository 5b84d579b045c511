/** Every format on synthetic runs. */
@NullMarked
package dev.faultline.reports;

import org.jspecify.annotations.NullMarked;
