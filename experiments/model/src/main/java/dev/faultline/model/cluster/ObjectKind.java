package dev.faultline.model.cluster;

/** The kinds of objects that Faultline reads or changes. */
public enum ObjectKind {
  /** A pod. */
  POD("pod", "", "pods", true),
  /** A deployment. */
  DEPLOYMENT("deployment", "apps", "deployments", true),
  /** A stateful set. */
  STATEFUL_SET("statefulSet", "apps", "statefulsets", true),
  /** A daemon set. */
  DAEMON_SET("daemonSet", "apps", "daemonsets", true),
  /** A config map. */
  CONFIG_MAP("configMap", "", "configmaps", true),
  /** A service. */
  SERVICE("service", "", "services", true),
  /** A node. */
  NODE("node", "", "nodes", false);

  private final String word;
  private final String group;
  private final String resource;
  private final boolean namespaced;

  ObjectKind(String word, String group, String resource, boolean namespaced) {
    this.word = word;
    this.group = group;
    this.resource = resource;
    this.namespaced = namespaced;
  }

  /** What the kind is called in files and messages. */
  public String word() {
    return word;
  }

  /** The group of its API; empty for the core. */
  public String group() {
    return group;
  }

  /** What it is called in the API, and in rules of a role. */
  public String resource() {
    return resource;
  }

  /** Whether such objects are in a namespace. */
  public boolean namespaced() {
    return namespaced;
  }
}
