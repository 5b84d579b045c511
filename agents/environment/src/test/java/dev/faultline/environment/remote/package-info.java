@NullMarked
package dev.faultline.environment.remote;

import org.jspecify.annotations.NullMarked;
