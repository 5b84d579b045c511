package dev.faultline.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HealthTest {

  private static final Seen.Key KEY = new Seen.Key(Seen.Kind.EXPERIMENT, "shop", "killed-pods");
  private static final Seen FRESH =
      new Seen(KEY, "3f0c9a1e", "1", 1, false, false, Map.of(), Status.NONE);

  private final AtomicBoolean live = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();
  private final Figures figures = new Figures();

  private static HttpResponse<String> get(Health health, String path)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI asked = URI.create("http://127.0.0.1:%d%s".formatted(health.port(), path));
      HttpRequest request = HttpRequest.newBuilder(asked).timeout(Duration.ofSeconds(20)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aClusterLearnsWhetherItLivesAndIsReady() throws Exception {
    try (Health health = new Health(0, live::get, ready::get, figures)) {
      assertThat(get(health, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(health, "/readyz").statusCode()).isEqualTo(503);
      ready.set(true);
      live.set(false);
      assertThat(get(health, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(health, "/healthz").statusCode()).isEqualTo(503);
      assertThat(get(health, "/halt").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void prometheusReadsItsFigures() throws Exception {
    try (Health health = new Health(0, live::get, ready::get, figures)) {
      figures.see(true, 2, List.of(FRESH));
      figures.ended("passed");
      figures.takenOver();
      assertThat(get(health, "/metrics").body())
          .contains("faultline_operator_leader 1.0")
          .contains("faultline_operator_runs_on 2.0")
          .contains("faultline_operator_objects{phase=\"pending\",} 1.0")
          .contains("faultline_operator_runs_total{verdict=\"passed\",} 1.0")
          .contains("faultline_operator_taken_over_total 1.0");
    }
  }
}
