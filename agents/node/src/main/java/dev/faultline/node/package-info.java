/** The program that runs beside a target: JDK only. */
@NullMarked
package dev.faultline.node;

import org.jspecify.annotations.NullMarked;
