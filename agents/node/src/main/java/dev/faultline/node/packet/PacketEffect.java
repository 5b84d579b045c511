package dev.faultline.node.packet;

import dev.faultline.node.delay.Distribution;
import java.time.Duration;
import java.util.List;

/** What a fault does to a packet. Values; each checks its parameters. */
public sealed interface PacketEffect {

  /**
   * Packets take longer.
   *
   * @param delay how much, 0 to 10 minutes
   * @param jitter how far the delay of a packet strays, 0 to 10 minutes
   * @param distribution how it strays
   * @param correlation how much of a packet's jitter is that of the one before, 0 to 1
   * @param ordered whether packets stay in their order, as on a longer line; else one with a short
   *     delay overtakes
   */
  record Latency(
      Duration delay,
      Duration jitter,
      Distribution distribution,
      double correlation,
      boolean ordered)
      implements PacketEffect {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Latency {
      Checks.time("delay", delay);
      Checks.time("jitter", jitter);
      Checks.share("correlation", correlation);
    }

    /** Always the same delay. */
    public static Latency of(Duration delay) {
      return new Latency(delay, Duration.ZERO, Distribution.UNIFORM, 0, true);
    }
  }

  /**
   * Packets are lost, each by its own chance.
   *
   * @param share 0 to 1
   */
  record Loss(double share) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when it is out of its range
     */
    public Loss {
      Checks.share("loss", share);
    }
  }

  /**
   * Packets are lost in bursts: Gilbert and Elliott's chain of a good and a bad state, which may
   * change with each packet.
   *
   * @param begins the chance that a good state turns bad, 0 to 1
   * @param ends the chance that a bad state turns good, 0 to 1
   * @param bad the chance of loss in a bad state, 0 to 1
   * @param good the chance of loss in a good state, 0 to 1
   */
  record Bursts(double begins, double ends, double bad, double good) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when a chance is out of its range
     */
    public Bursts {
      Checks.share("begins", begins);
      Checks.share("ends", ends);
      Checks.share("bad", bad);
      Checks.share("good", good);
    }
  }

  /**
   * Packets come twice.
   *
   * @param share 0 to 1
   */
  record Duplicate(double share) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when it is out of its range
     */
    public Duplicate {
      Checks.share("duplicate", share);
    }
  }

  /**
   * A bit of a packet, behind the addresses, is wrong.
   *
   * @param share 0 to 1
   */
  record Corrupt(double share) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when it is out of its range
     */
    public Corrupt {
      Checks.share("corrupt", share);
    }
  }

  /**
   * Packets are overtaken by those that come in the time after them.
   *
   * @param share 0 to 1
   * @param by how long they are held back, 0 to 10 minutes
   */
  record Reorder(double share, Duration by) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Reorder {
      Checks.share("reorder", share);
      Checks.time("by", by);
    }
  }

  /**
   * A thin line: no more than so many bytes pass in a second, each way for itself.
   *
   * @param bytesPerSecond at least 1, with the headers of IP
   * @param longestWait a packet that would wait longer is lost, 1 ms to 10 minutes
   */
  record Bandwidth(long bytesPerSecond, Duration longestWait) implements PacketEffect {
    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Bandwidth {
      Checks.require(bytesPerSecond > 0, "bytes per second must be at least 1: " + bytesPerSecond);
      Checks.time("longest wait", longestWait);
      Checks.require(longestWait.toMillis() > 0, "longest wait must be at least 1 ms");
    }
  }

  /**
   * Answers of DNS are others, late, or lost: those by UDP, whole in one packet, to a question for
   * a name that is meant. What else comes stays as it is.
   *
   * @param names 1 to 64 patterns of small letters, in which {@code *} stands for any characters
   * @param delay how much later an answer comes, 0 to 10 minutes
   * @param reply what becomes of it
   */
  record Dns(List<String> names, Duration delay, DnsReply reply) implements PacketEffect {

    private static final int MOST = 64;

    /**
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public Dns {
      names = List.copyOf(names);
      Checks.require(
          !names.isEmpty() && names.size() <= MOST, "1 to " + MOST + " names must be meant");
      Checks.require(
          names.stream().allMatch(name -> name.matches("[a-z0-9_*.-]{1,253}")),
          "not the names of hosts: " + names);
      Checks.time("delay", delay);
    }
  }

  /** Nothing passes. Done by the kernel alone, so that no rate of packets is too high for it. */
  record Partition(Manner manner) implements PacketEffect {

    /** What the sender learns. */
    public enum Manner {
      /** Nothing: packets are lost on their way. */
      DROP,
      /** That it was refused: a reset of TCP, or unreachable by ICMP. */
      REJECT
    }
  }
}
