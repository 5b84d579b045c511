package dev.faultline.environment.kubernetes;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether what routes lead to would answer: the ready endpoints of Services.
 *
 * @param namespace of the routes
 */
record Backends(Api api, String namespace) {

  /**
   * Whether a backend has an endpoint that is ready; true for what is no Service there: nothing is
   * known of that.
   *
   * @param backend the name of a Service, or a host of Istio with or without a subset
   */
  boolean serves(String backend) throws ApiTrouble {
    Optional<String> service = service(backend);
    if (service.isEmpty()) {
      return true;
    }
    String path = "/apis/discovery.k8s.io/v1/namespaces/%s/endpointslices".formatted(namespace);
    String selector = "labelSelector=" + Api.encoded("kubernetes.io/service-name=" + service.get());
    return api.list(path, selector).stream()
        .flatMap(slice -> slice.path("endpoints").valueStream())
        .anyMatch(Backends::isReady);
  }

  /** The same, and true where nobody tells. */
  boolean mayServe(String backend) {
    try {
      return serves(backend);
    } catch (ApiTrouble unknown) {
      return true;
    }
  }

  private static boolean isReady(JsonNode endpoint) {
    return endpoint.path("conditions").path("ready").asBoolean(true);
  }

  private Optional<String> service(String backend) {
    String host = backend.replaceFirst("/.*", "");
    int dot = host.indexOf('.');
    if (dot < 0) {
      return Optional.of(host);
    }
    String rest = host.substring(dot + 1);
    return rest.equals(namespace)
            || rest.equals(namespace + ".svc")
            || rest.startsWith(namespace + ".svc.")
        ? Optional.of(host.substring(0, dot))
        : Optional.empty();
  }

  /** Whether the one would leave customers without an answer that the other gives. */
  boolean onlyOther(String one, String other) {
    return !mayServe(one) && mayServe(other);
  }
}
