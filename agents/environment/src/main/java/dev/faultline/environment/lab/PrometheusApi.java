package dev.faultline.environment.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the lab asks its own Prometheus before it is ready.
 *
 * @param url where it is
 */
record PrometheusApi(String url) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_MILLIS = 2_000;

  /** How many scrapes of each job succeeded; empty when there is no answer. */
  Map<String, Double> successfulScrapes() {
    String query =
        URLEncoder.encode("sum by (job) (sum_over_time(up[1d]))", StandardCharsets.UTF_8);
    Map<String, Double> scrapes = new TreeMap<>();
    get("/api/v1/query?query=" + query)
        .ifPresent(
            answer -> {
              for (JsonNode series : answer.at("/data/result")) {
                scrapes.put(
                    series.at("/metric/job").asString(""),
                    Double.valueOf(series.at("/value/1").asString("0")));
              }
            });
    return scrapes;
  }

  /** Why the last scrape of a job failed, in the words of Prometheus. */
  String complaintOf(String job) {
    Optional<JsonNode> answer = get("/api/v1/targets?state=active");
    if (answer.isEmpty()) {
      return "Prometheus does not answer";
    }
    for (JsonNode target : answer.get().at("/data/activeTargets")) {
      if (target.at("/labels/job").asString("").equals(job)) {
        return target.at("/lastError").asString("");
      }
    }
    return "it has not tried yet";
  }

  private Optional<JsonNode> get(String path) {
    try {
      if (!(URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY)
          instanceof HttpURLConnection http)) {
        return Optional.empty();
      }
      http.setConnectTimeout(PATIENCE_MILLIS);
      http.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream body = http.getInputStream()) {
        return Optional.of(JSON.readTree(body));
      } finally {
        http.disconnect();
      }
    } catch (IOException | JacksonException noAnswer) {
      return Optional.empty();
    }
  }
}
