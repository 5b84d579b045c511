@NullMarked
package dev.faultline.environment.packet;

import org.jspecify.annotations.NullMarked;
