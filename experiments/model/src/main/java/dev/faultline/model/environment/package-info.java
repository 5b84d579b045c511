/** Where an experiment finds its targets and its measurements. */
@NullMarked
package dev.faultline.model.environment;

import org.jspecify.annotations.NullMarked;
