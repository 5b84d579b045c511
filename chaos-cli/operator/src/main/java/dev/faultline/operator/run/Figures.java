package dev.faultline.operator.run;

import dev.faultline.operator.course.Phase;
import dev.faultline.operator.course.Seen;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** What Prometheus may read of an operator. Thread-safe. */
public final class Figures {

  private final CollectorRegistry registry = new CollectorRegistry();
  private final Gauge leader = gauge("leader", "Whether this replica begins runs.");
  private final Gauge on = gauge("runs_on", "Runs that this replica makes.");
  private final Gauge open = gauge("open_faults", "Steps that may be in force, of all objects.");
  private final Gauge objects =
      Gauge.build("faultline_operator_objects", "Experiments and rollouts.")
          .labelNames("phase")
          .register(registry);
  private final Counter runs =
      Counter.build("faultline_operator_runs", "Runs that ended on this replica.")
          .labelNames("verdict")
          .register(registry);
  private final Counter takenOver =
      counter("taken_over", "Runs of other replicas that this one took back.");
  private final Counter trouble = counter("trouble", "Answers of the API server that were none.");

  private Gauge gauge(String name, String says) {
    return Gauge.build("faultline_operator_" + name, says).register(registry);
  }

  private Counter counter(String name, String says) {
    return Counter.build("faultline_operator_" + name, says).register(registry);
  }

  /** How all stands. */
  void see(boolean leading, int running, List<Seen> all) {
    leader.set(leading ? 1 : 0);
    on.set(running);
    open.set((double) all.stream().mapToInt(seen -> seen.status().openFaults()).sum());
    for (Phase phase : Phase.values()) {
      objects
          .labels(phase.name().toLowerCase(Locale.ROOT))
          .set((double) all.stream().filter(seen -> seen.status().phase() == phase).count());
    }
  }

  void ended(String verdict) {
    runs.labels(verdict).inc();
  }

  void takenOver() {
    takenOver.inc();
  }

  void trouble() {
    trouble.inc();
  }

  /** All of them, in the text format of Prometheus. */
  String text() throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.metricFamilySamples());
    return text.toString();
  }
}
