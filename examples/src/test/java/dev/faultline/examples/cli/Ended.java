package dev.faultline.examples.cli;

import java.time.Duration;

/** A command that has ended. */
record Ended(int exit, String out, String err, Duration took) {}
