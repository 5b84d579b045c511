/** Disturbances: each a record that plans its own steps. */
@NullMarked
package dev.faultline.model.fault;

import org.jspecify.annotations.NullMarked;
