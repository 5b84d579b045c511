package dev.faultline.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What of a cluster can be watched by a number. */
public sealed interface Watched {

  /** The numbers. */
  enum Read {
    /** How many pods are ready. */
    READY_REPLICAS,
    /** How many pods are wanted and not ready. */
    MISSING_REPLICAS,
    /** How often containers of the pods were started again, all together. */
    RESTARTS,
    /** How many pods of a job succeeded. */
    SUCCEEDED,
    /** How many pods of a job failed. */
    FAILED,
    /** 1 where a node or a pod is ready, 0 where it is not. */
    READY;

    /** The word in files. */
    public String word() {
      String[] parts = name().toLowerCase(Locale.ROOT).split("_");
      return parts.length == 1
          ? parts[0]
          : parts[0] + Character.toUpperCase(parts[1].charAt(0)) + parts[1].substring(1);
    }
  }

  /** What can be read of it. */
  Set<Read> reads();

  /** It in words, such as {@code deployment web}. */
  String words();

  /** Whether it has pods of its own. */
  default boolean hasPods() {
    return switch (this) {
      case Deployment _, StatefulSet _, DaemonSet _, Job _ -> true;
      case Pod _, Node _ -> false;
    };
  }

  /** The namespace where its events are; that of the environment when empty. */
  default Optional<String> spaceOfEvents() {
    return this instanceof Node ? Optional.of("default") : Optional.empty();
  }

  private static String checked(String name, String kind) {
    InvalidValue.required(name, kind);
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,252}")) {
      throw new InvalidValue("'%s' cannot name a %s".formatted(name, kind));
    }
    return name;
  }

  /**
   * A deployment.
   *
   * @param name its name
   */
  record Deployment(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public Deployment {
      name = checked(name, "deployment");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Deployment of(String name) {
      return new Deployment(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.READY_REPLICAS, Read.MISSING_REPLICAS, Read.RESTARTS);
    }

    @Override
    public String words() {
      return "deployment " + name;
    }
  }

  /**
   * A stateful set.
   *
   * @param name its name
   */
  record StatefulSet(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public StatefulSet {
      name = checked(name, "statefulSet");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StatefulSet of(String name) {
      return new StatefulSet(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.READY_REPLICAS, Read.MISSING_REPLICAS, Read.RESTARTS);
    }

    @Override
    public String words() {
      return "statefulSet " + name;
    }
  }

  /**
   * A daemon set.
   *
   * @param name its name
   */
  record DaemonSet(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public DaemonSet {
      name = checked(name, "daemonSet");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DaemonSet of(String name) {
      return new DaemonSet(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.READY_REPLICAS, Read.MISSING_REPLICAS, Read.RESTARTS);
    }

    @Override
    public String words() {
      return "daemonSet " + name;
    }
  }

  /**
   * A job.
   *
   * @param name its name
   */
  record Job(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public Job {
      name = checked(name, "job");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Job of(String name) {
      return new Job(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.SUCCEEDED, Read.FAILED);
    }

    @Override
    public String words() {
      return "job " + name;
    }
  }

  /**
   * A pod.
   *
   * @param name its name
   */
  record Pod(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public Pod {
      name = checked(name, "pod");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Pod of(String name) {
      return new Pod(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.READY, Read.RESTARTS);
    }

    @Override
    public String words() {
      return "pod " + name;
    }
  }

  /**
   * A node.
   *
   * @param name its name
   */
  record Node(@FilledIn @JsonValue String name) implements Watched {
    /** Refuses what cannot be a name. */
    public Node {
      name = checked(name, "node");
    }

    /** Reads the name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Node of(String name) {
      return new Node(name);
    }

    @Override
    public Set<Read> reads() {
      return EnumSet.of(Read.READY);
    }

    @Override
    public String words() {
      return "node " + name;
    }
  }
}
