@NullMarked
package dev.faultline.model.route;

import org.jspecify.annotations.NullMarked;
