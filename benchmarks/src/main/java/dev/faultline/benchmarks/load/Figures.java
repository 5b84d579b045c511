package dev.faultline.benchmarks.load;

import dev.faultline.benchmarks.Spent;

/**
 * What a generator says of its load, and what it took.
 *
 * @param rate requests per second that were answered
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param failed requests without a good answer
 * @param spent by its process
 */
record Figures(double rate, double p50, double p99, long failed, Spent spent) {}
