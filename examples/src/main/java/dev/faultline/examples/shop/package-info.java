/**
 * The shop: four small services to break on purpose, {@code gateway → orders → inventory,
 * payments}.
 *
 * <p>Uses the JDK's HTTP server and client; the Prometheus library stands behind {@link
 * dev.faultline.examples.shop.Metrics} and {@link dev.faultline.examples.shop.BookMetrics}, the
 * database behind {@link dev.faultline.examples.shop.OrderBook}.
 */
@NullMarked
package dev.faultline.examples.shop;

import org.jspecify.annotations.NullMarked;
