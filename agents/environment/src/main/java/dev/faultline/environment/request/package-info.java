/** Requests of HTTP as users state them. */
@NullMarked
package dev.faultline.environment.request;

import org.jspecify.annotations.NullMarked;
