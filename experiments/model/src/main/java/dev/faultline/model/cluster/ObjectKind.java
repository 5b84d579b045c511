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
  NODE("node", "", "nodes", false),
  /** A route of the Gateway API, where a cluster knows such. */
  HTTP_ROUTE("httpRoute", "gateway.networking.k8s.io", "httproutes", true),
  /** A route of Istio, where a cluster has that. */
  VIRTUAL_SERVICE("virtualService", "networking.istio.io", "virtualservices", true);

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

  /** What the API calls one of them, such as {@code HTTPRoute}. */
  public String title() {
    return equals(HTTP_ROUTE)
        ? "HTTPRoute"
        : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** Whether a cluster need not know such objects at all. */
  public boolean optional() {
    return group.contains(".");
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
