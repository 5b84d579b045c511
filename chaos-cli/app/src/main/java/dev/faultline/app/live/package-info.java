/**
 * A run as it happens: a fold of its events, the lines that show it at one moment, and the few
 * bytes that put them on a terminal. Imports model and judge; everything but {@code Screen} and
 * {@code Ticker} is a pure function.
 */
@NullMarked
package dev.faultline.app.live;

import org.jspecify.annotations.NullMarked;
