package dev.faultline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a program took from its start to its end.
 *
 * @param wall by the clock
 * @param processor of it and of all that it started and waited for, in steps of 10 ms
 */
public record Spent(Duration wall, Duration processor) {

  private static final int LONGEST_MINUTES = 2;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;
  // USER_HZ, which is 100 on every Linux that Java runs on.
  private static final int TICK_MILLIS = 10;

  /**
   * Runs a program to its end; one at a time, as the processor time is that of all children.
   *
   * @throws IOException when it does not start, ends with another code than 0, or does not end
   *     within 2 minutes
   */
  public static Spent by(ProcessBuilder program) throws IOException, InterruptedException {
    String name = program.command().getFirst();
    long before = childrenTicks();
    long began = System.nanoTime();
    Process process = program.start();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IOException("%s did not end in %d minutes".formatted(name, LONGEST_MINUTES));
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    if (process.exitValue() != 0) {
      throw new IOException("%s ended with code %d".formatted(name, process.exitValue()));
    }
    return new Spent(wall, Duration.ofMillis((childrenTicks() - before) * TICK_MILLIS));
  }

  /** Processor time of the children that have ended; see proc(5), fields 16 and 17 of stat. */
  private static long childrenTicks() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
  }
}
