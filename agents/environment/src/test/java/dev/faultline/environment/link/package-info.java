@NullMarked
package dev.faultline.environment.link;

import org.jspecify.annotations.NullMarked;
