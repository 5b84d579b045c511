package dev.faultline.model.cluster;

/** One value of an object that a fault can change; every value is a text. */
public sealed interface ObjectField {

  /** The field in words, such as {@code replicas}. */
  String words();

  /** How many pods a workload wants: {@code spec.replicas}. */
  record Replicas() implements ObjectField {
    @Override
    public String words() {
      return "replicas";
    }
  }

  /** Whether new pods are kept off a node: {@code spec.unschedulable}; {@code true} or absent. */
  record Unschedulable() implements ObjectField {
    @Override
    public String words() {
      return "unschedulable";
    }
  }

  /**
   * The taint of a node with this key and effect; its value may be empty.
   *
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
   */
  record Taint(String key, String effect) implements ObjectField {
    @Override
    public String words() {
      return "taint %s:%s".formatted(key, effect);
    }
  }

  /** One entry of the data of a config map. */
  record Entry(String key) implements ObjectField {
    @Override
    public String words() {
      return "'%s'".formatted(key);
    }
  }
}
