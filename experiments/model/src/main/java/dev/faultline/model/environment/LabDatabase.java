package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import java.time.Duration;
import java.util.Optional;

/**
 * A database that a lab starts, with those that stand by for it.
 *
 * @param server which one
 */
public record LabDatabase(@OneOf Server server) {

  /** The kinds of databases that a lab can start. */
  public sealed interface Server {}

  /** When a primary acknowledges a write. */
  public enum Replication {
    /** When the standby has it on disk. */
    SYNCHRONOUS,
    /** When the standby also shows it to readers. */
    REMOTE_APPLY,
    /** When the primary has it on disk. */
    ASYNCHRONOUS
  }

  /**
   * PostgreSQL, a primary and one that stands by, with a failover controller.
   *
   * @param replication when a write is acknowledged; {@code synchronous} when absent
   * @param replicationDelay how long what the primary sends to the standby is under way, at most
   *     10s; 0s when absent
   * @param standby whether there is one; {@code true} when absent
   * @param controller what notices that the primary is gone, and promotes
   */
  public record Postgres(
      Optional<Replication> replication,
      Optional<Duration> replicationDelay,
      Optional<Boolean> standby,
      Optional<Controller> controller)
      implements Server {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /** Refuses what nobody can wait for. */
    public Postgres {
      if (replicationDelay.isPresent() && replicationDelay.get().compareTo(LONGEST_DELAY) > 0) {
        throw new InvalidValue("replicationDelay", "'replicationDelay' must be at most 10s");
      }
    }

    /** When a write is acknowledged. */
    public Replication acknowledges() {
      return replication.orElse(Replication.SYNCHRONOUS);
    }

    /** Whether one stands by. */
    public boolean standsBy() {
      return standby.orElse(true);
    }

    /** What notices that the primary is gone. */
    public Controller watchedBy() {
      return controller.orElseGet(
          () ->
              new Controller(
                  Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }

  /**
   * How a failover controller works.
   *
   * @param interval distance of two checks of the primary, and how long one may take, from 50ms to
   *     5m; 1s when absent
   * @param missed so many checks in a row must fail, from 1 to 100; 3 when absent
   * @param promoteWithin how long a promotion may take before it is given up, from 50ms to 5m; 30s
   *     when absent
   * @param fencing what is done to the old primary first; {@code kill} when absent
   */
  public record Controller(
      Optional<Duration> interval,
      Optional<Integer> missed,
      Optional<Duration> promoteWithin,
      Optional<Fencing> fencing) {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Refuses times that cannot be kept. */
    public Controller {
      checkTime(interval, "interval");
      checkTime(promoteWithin, "promoteWithin");
      if (missed.isPresent() && (missed.get() < 1 || missed.get() > 100)) {
        throw new InvalidValue("missed", "'missed' must be from 1 to 100");
      }
    }

    private static void checkTime(Optional<Duration> time, String key) {
      if (time.isPresent()
          && (time.get().compareTo(SHORTEST) < 0 || time.get().compareTo(LONGEST) > 0)) {
        throw new InvalidValue(key, "'%s' must be from 50ms to 5m".formatted(key));
      }
    }

    /** Distance of two checks. */
    public Duration every() {
      return interval.orElse(Duration.ofSeconds(1));
    }

    /** How many checks in a row must fail. */
    public int patience() {
      return missed.orElse(3);
    }

    /** How long a promotion may take. */
    public Duration bound() {
      return promoteWithin.orElse(Duration.ofSeconds(30));
    }

    /** Whether the old primary is killed before another one is promoted. */
    public boolean fences() {
      return fencing.orElse(Fencing.KILL) == Fencing.KILL;
    }
  }

  /** What keeps an old primary from taking writes beside a new one. */
  public enum Fencing {
    /** It is killed before the promotion, as a power switch does. */
    KILL,
    /** Nothing: two primaries are possible. */
    NONE
  }

  /**
   * PostgreSQL under Patroni with etcd, as high availability is run in production.
   *
   * @param nodes how many, from 2 to 5; 2 when absent
   * @param ttl how long the leader's lock lives without renewal, in whole seconds from 20s to 1h;
   *     30s when absent
   * @param loopWait distance of two looks of an agent, in whole seconds from 1s to 1h; 10s when
   *     absent
   * @param retryTimeout how long an agent repeats what fails, in whole seconds from 3s to 1h; 10s
   *     when absent
   * @param synchronous whether a write is acknowledged only when a standby has it; {@code false}
   *     when absent
   * @param primaryStartTimeout how long a crashed server may take to start again before another
   *     leads, in whole seconds from 0s to 1h; 5m when absent
   */
  public record Patroni(
      Optional<Integer> nodes,
      Optional<Duration> ttl,
      Optional<Duration> loopWait,
      Optional<Duration> retryTimeout,
      Optional<Boolean> synchronous,
      Optional<Duration> primaryStartTimeout)
      implements Server {

    /** Refuses numbers of nodes that make no cluster, and times that Patroni refuses. */
    public Patroni {
      if (nodes.isPresent() && (nodes.get() < 2 || nodes.get() > 5)) {
        throw new InvalidValue("nodes", "'nodes' must be from 2 to 5");
      }
      checkSeconds(ttl, "ttl", 20);
      checkSeconds(loopWait, "loopWait", 1);
      checkSeconds(retryTimeout, "retryTimeout", 3);
      checkSeconds(primaryStartTimeout, "primaryStartTimeout", 0);
    }

    private static void checkSeconds(Optional<Duration> time, String key, int least) {
      if (time.isPresent()
          && (time.get().toSeconds() < least
              || time.get().toSeconds() > 3600
              || time.get().toMillisPart() != 0)) {
        throw new InvalidValue(
            key, "'%s' must be whole seconds, from %ds to 1h".formatted(key, least));
      }
    }

    /** How many nodes. */
    public int size() {
      return nodes.orElse(2);
    }
  }
}
