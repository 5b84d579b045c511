package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import java.util.List;

/** Names of things in a Kubernetes cluster. */
public sealed interface ClusterNames extends Selector.Named {

  /**
   * Pods of a Kubernetes cluster.
   *
   * @param names their names
   */
  record Pod(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public Pod {
      names = Selector.Named.checked(names, "pod", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Pod of(String name) {
      return new Pod(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Pod of(List<String> names) {
      return new Pod(names);
    }

    @Override
    public Pod with(List<String> others) {
      return new Pod(others);
    }
  }

  /**
   * Deployments of a Kubernetes cluster; for faults of pods, their pods.
   *
   * @param names their names
   */
  record Deployment(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public Deployment {
      names = Selector.Named.checked(names, "deployment", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Deployment of(String name) {
      return new Deployment(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Deployment of(List<String> names) {
      return new Deployment(names);
    }

    @Override
    public Deployment with(List<String> others) {
      return new Deployment(others);
    }
  }

  /**
   * Stateful sets of a Kubernetes cluster; for faults of pods, their pods.
   *
   * @param names their names
   */
  record StatefulSet(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public StatefulSet {
      names = Selector.Named.checked(names, "statefulSet", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StatefulSet of(String name) {
      return new StatefulSet(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StatefulSet of(List<String> names) {
      return new StatefulSet(names);
    }

    @Override
    public StatefulSet with(List<String> others) {
      return new StatefulSet(others);
    }
  }

  /**
   * Daemon sets of a Kubernetes cluster; for faults of pods, their pods.
   *
   * @param names their names
   */
  record DaemonSet(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public DaemonSet {
      names = Selector.Named.checked(names, "daemonSet", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DaemonSet of(String name) {
      return new DaemonSet(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DaemonSet of(List<String> names) {
      return new DaemonSet(names);
    }

    @Override
    public DaemonSet with(List<String> others) {
      return new DaemonSet(others);
    }
  }

  /**
   * Config maps of a Kubernetes cluster.
   *
   * @param names their names
   */
  record ConfigMap(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public ConfigMap {
      names = Selector.Named.checked(names, "configMap", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ConfigMap of(String name) {
      return new ConfigMap(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ConfigMap of(List<String> names) {
      return new ConfigMap(names);
    }

    @Override
    public ConfigMap with(List<String> others) {
      return new ConfigMap(others);
    }
  }

  /**
   * Leaders of a Kubernetes cluster: the pods that hold these leases, by which one is elected.
   *
   * @param names the names of the leases
   */
  record Leader(@FilledIn @JsonValue List<String> names) implements ClusterNames {
    /** Refuses what cannot be a name. */
    public Leader {
      names = Selector.Named.checked(names, "leader", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Leader of(String name) {
      return new Leader(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Leader of(List<String> names) {
      return new Leader(names);
    }

    @Override
    public Leader with(List<String> others) {
      return new Leader(others);
    }
  }
}
