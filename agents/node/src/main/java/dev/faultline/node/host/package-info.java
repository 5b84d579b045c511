/** The program that takes something from a machine and holds it until it ends, and its starter. */
@NullMarked
package dev.faultline.node.host;

import org.jspecify.annotations.NullMarked;
