package dev.faultline.benchmarks.memory;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The memory that a program held from its start to its end, at most.
 *
 * @param own of its process, in KiB
 * @param together of its process and all that it started, at one moment, in KiB
 */
public record Held(long own, long together) {

  private static final int LOOK_MILLIS = 100;
  private static final int LONGEST_MINUTES = 5;

  /**
   * Runs a program to its end and looks at it ten times a second.
   *
   * @throws IOException when it does not start, ends with another code than 0, or does not end
   *     within 5 minutes
   */
  public static Held by(ProcessBuilder program) throws IOException, InterruptedException {
    String name = String.join(" ", program.command());
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    Process process = program.start();
    Tree tree = new Tree(process.toHandle());
    Held most = new Held(0, 0);
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      most = new Held(Math.max(most.own, tree.peak()), Math.max(most.together, tree.together()));
      if (System.nanoTime() > end) {
        process.destroy();
        throw new IOException("%s did not end in %d minutes".formatted(name, LONGEST_MINUTES));
      }
    }
    if (process.exitValue() != 0) {
      throw new IOException("%s ended with code %d".formatted(name, process.exitValue()));
    }
    return most;
  }
}
