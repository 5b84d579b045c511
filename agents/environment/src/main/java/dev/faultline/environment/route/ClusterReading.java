package dev.faultline.environment.route;

import tools.jackson.databind.JsonNode;

/**
 * A cluster of Envoy at a moment.
 *
 * @param name what it is called
 * @param weight the one in force
 * @param hosts how many it has
 * @param healthy how many of them are not known to be down, nor about to be taken out
 * @param requests how many those that are there now were given since Envoy has started
 * @param failed how many of these had no answer, or one of 500 to 599
 */
public record ClusterReading(
    String name, long weight, int hosts, int healthy, long requests, long failed) {

  /** Reads one of {@code cluster_statuses}. */
  static ClusterReading of(JsonNode cluster, long weight) {
    int hosts = 0;
    int healthy = 0;
    long requests = 0;
    long failed = 0;
    for (JsonNode host : cluster.path("host_statuses")) {
      hosts++;
      healthy += isHealthy(host.path("health_status")) ? 1 : 0;
      requests += counter(host, "rq_total");
      failed += counter(host, "rq_error");
    }
    return new ClusterReading(
        cluster.path("name").asString(""), weight, hosts, healthy, requests, failed);
  }

  /** Whether it would answer a request if it had weight. */
  public boolean serves() {
    return healthy > 0;
  }

  private static boolean isHealthy(JsonNode status) {
    return switch (status.path("eds_health_status").asString("UNKNOWN")) {
      case "UNHEALTHY", "DRAINING", "TIMEOUT" -> false;
      case String _ ->
          !status.path("failed_active_health_check").asBoolean(false)
              && !status.path("failed_outlier_check").asBoolean(false)
              && !status.path("pending_dynamic_removal").asBoolean(false)
              && !status.path("pending_active_hc").asBoolean(false)
              && !status.path("excluded_via_immediate_hc_fail").asBoolean(false);
    };
  }

  /** Numbers of 64 bits are told as text, and 0 is not told at all. */
  private static long counter(JsonNode host, String name) {
    for (JsonNode counter : host.path("stats")) {
      if (counter.path("name").asString("").equals(name)) {
        return counter.path("value").asLong(0);
      }
    }
    return 0;
  }
}
