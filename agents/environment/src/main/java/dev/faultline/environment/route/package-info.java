/** Routers that split traffic between two versions. */
@NullMarked
package dev.faultline.environment.route;

import org.jspecify.annotations.NullMarked;
