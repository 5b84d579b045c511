package dev.faultline.node.relay;

import dev.faultline.node.delay.Distribution;
import java.time.Duration;

/** One disturbance of the bytes or the life of connections. Values; each checks its parameters. */
public sealed interface StreamFault {

  /**
   * What is sent is kept under way for some time, in its order, as on a longer line.
   *
   * @param delay how long; not negative
   * @param jitter how far the delay of a piece strays; not negative
   * @param distribution how it strays
   * @param correlation how much of a piece's jitter is that of the piece before, 0 to 1
   */
  record Latency(Duration delay, Duration jitter, Distribution distribution, double correlation)
      implements StreamFault {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Latency {
      notNegative("delay", delay);
      notNegative("jitter", jitter);
      require(correlation >= 0 && correlation <= 1, "correlation must be 0 to 1: " + correlation);
    }

    /** Always the same delay. */
    public Latency(Duration delay) {
      this(delay, Duration.ZERO, Distribution.UNIFORM, 0);
    }
  }

  /**
   * No more than so many bytes of a connection pass in a second, in each way of its own.
   *
   * @param bytesPerSecond at least 1
   */
  record Bandwidth(long bytesPerSecond) implements StreamFault {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Bandwidth {
      require(bytesPerSecond > 0, "bytes per second must be at least 1: " + bytesPerSecond);
    }
  }

  /**
   * Connections are reset, towards both sides.
   *
   * @param after how long after the fault or the connection began, whichever is later; not negative
   */
  record Reset(Duration after) implements StreamFault {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Reset {
      notNegative("after", after);
    }
  }

  /** New connections are reset at once; those that are open go on. */
  record Refuse() implements StreamFault {}

  /** Nothing passes and nothing ends. What is held passes when the fault ends. */
  record Blackhole() implements StreamFault {}

  /** The way is ended in an orderly manner (FIN); the other one goes on. */
  record HalfClose() implements StreamFault {}

  /**
   * What is sent is passed on in pieces with a pause between them.
   *
   * @param bytes of a piece, at least 1
   * @param pause not negative
   */
  record Slice(int bytes, Duration pause) implements StreamFault {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Slice {
      require(bytes > 0, "bytes of a piece must be at least 1: " + bytes);
      notNegative("pause", pause);
    }
  }

  /**
   * A connection ends in an orderly manner (FIN) after so many bytes of the way.
   *
   * @param bytes counted from the beginning of the fault or the connection; not negative
   */
  record Limit(long bytes) implements StreamFault {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Limit {
      require(bytes >= 0, "bytes must not be negative: " + bytes);
    }
  }

  private static void notNegative(String name, Duration value) {
    require(!value.isNegative(), name + " must not be negative: " + value);
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
