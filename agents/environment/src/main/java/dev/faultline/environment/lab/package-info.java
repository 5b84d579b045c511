/**
 * A system of processes on this machine that lives as long as a run: starting it, keeping it alive,
 * measuring it, and leaving nothing of it behind.
 */
@NullMarked
package dev.faultline.environment.lab;

import org.jspecify.annotations.NullMarked;
