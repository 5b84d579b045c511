package dev.faultline.environment.prometheus;

import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.PromInstant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Bodies that Prometheus sends, and one question to whoever sends them. */
final class Answers {

  static final Duration TIMEOUT = Duration.ofMillis(1500);

  private Answers() {}

  static String vector(String... samples) {
    return """
    {"status":"success","data":{"resultType":"vector","result":[%s]}}\
    """
        .formatted(String.join(",", samples));
  }

  static String sample(String labels, double time, String value) {
    return """
    {"metric":{%s},"value":[%.3f,"%s"]}\
    """
        .formatted(labels, time, value);
  }

  static String data(String type, String result) {
    return """
    {"status":"success","data":{"resultType":"%s","result":%s}}\
    """
        .formatted(type, result);
  }

  static PrometheusEndpoint endpoint(String url) {
    return endpoint(url, TIMEOUT);
  }

  static PrometheusEndpoint endpoint(String url, Duration timeout) {
    return PrometheusEndpoint.at(url).every(Optional.empty(), Optional.of(timeout));
  }

  static Answer ask(HostileServer server) {
    return ask(endpoint(server.url()));
  }

  static Answer ask(PrometheusEndpoint endpoint) {
    try (PrometheusClient client = new PrometheusClient(endpoint, Path.of("/"))) {
      return client.ask(new PromInstant("up"));
    }
  }
}
