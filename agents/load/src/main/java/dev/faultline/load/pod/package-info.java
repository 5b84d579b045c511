/** The program that makes a part of a load in a pod, and what is said to it and by it. */
@NullMarked
package dev.faultline.load.pod;

import org.jspecify.annotations.NullMarked;
