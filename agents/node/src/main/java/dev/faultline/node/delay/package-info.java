/** Chance, delays and how they are counted: what relay and packets share. */
@NullMarked
package dev.faultline.node.delay;

import org.jspecify.annotations.NullMarked;
