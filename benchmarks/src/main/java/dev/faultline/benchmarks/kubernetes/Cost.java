package dev.faultline.benchmarks.kubernetes;

import java.time.Duration;

/**
 * What ending pods took.
 *
 * @param wall from the start of the program to its end
 * @param deletes from the first deletion to the last
 * @param requests that the API server carried out for it
 * @param memory that its process held at most, in KiB
 */
record Cost(Duration wall, Duration deletes, long requests, long memory) {}
