package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.identity;
import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.lab.LabKit.Told;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabMetricsTest {

  private final Told told = new Told();

  @TempDir private Path folder;

  @AfterEach
  void nothing_is_left() {
    assertThat(processesMentioning(folder)).isEmpty();
    assertThat(folder.resolve("run").resolve("lab")).doesNotExist();
  }

  @Test
  void a_lab_of_four_is_measured_by_a_real_prometheus_within_fifteen_seconds() throws Exception {
    try (LabHabitat warm = new LabHabitat(lab(tiny("a").measured()), place(folder), told::accept)) {
      warm.prepare();
    }
    long began = System.nanoTime();
    try (LabHabitat habitat =
        new LabHabitat(
            lab(
                tiny("gateway").measured().needs("orders"),
                tiny("orders").measured().needs("payments", "inventory"),
                tiny("payments").measured(),
                tiny("inventory").measured()),
            place(folder),
            told::accept)) {
      habitat.prepare();
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      PrometheusApi prometheus = new PrometheusApi(habitat.prometheusUrl().orElseThrow());
      assertThat(prometheus.successfulScrapes())
          .containsOnlyKeys("gateway", "orders", "payments", "inventory")
          .allSatisfy((job, scrapes) -> assertThat(scrapes).isGreaterThanOrEqualTo(2));
      assertThat(identity(habitat, "prometheus").pid()).isPositive();
      assertThat(took).isLessThan(Duration.ofSeconds(15));
      began = System.nanoTime();
    }
  }
}
