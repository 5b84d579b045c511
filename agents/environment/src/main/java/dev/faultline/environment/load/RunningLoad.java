package dev.faultline.environment.load;

import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.util.List;

/** One load from its start to its end, wherever it is made. Thread-safe. */
public interface RunningLoad extends AutoCloseable {

  /** Starts loads. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts one.
     *
     * @throws IllegalArgumentException when there can be no such load, in words for the user
     */
    RunningLoad start(Load load);
  }

  /** Which it is. */
  Load load();

  /** What is sent, and where, in words. */
  String words();

  /** Whether it has not been ended. */
  boolean running();

  /** Whether it surges, now or with the next second. */
  boolean surging();

  /**
   * Goes through other rates, soon.
   *
   * @param each how long each stays, in seconds
   */
  void surge(List<Double> rates, double each);

  /** Goes back to its own rate, soon. */
  void endSurge();

  /** What was sent in the newest second of which that is known. */
  Answer.RateIs sent();

  /** The newest complete seconds, oldest first; none when they are too old to tell anything. */
  List<LoadInterval> newest(Duration over);

  /** Ends it; what it met remains. */
  @Override
  void close();
}
