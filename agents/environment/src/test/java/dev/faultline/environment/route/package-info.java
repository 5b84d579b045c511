@NullMarked
package dev.faultline.environment.route;

import org.jspecify.annotations.NullMarked;
