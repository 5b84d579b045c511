package dev.faultline.examples.shop;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * What one service counts. Every series that a gate may ask for exists from the start, at zero, so
 * that "no error yet" reads as 0 and not as "no data".
 */
final class Metrics {
  static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

  /** How a call to another service ended. */
  enum Outcome {
    ANSWERED,
    TIMEOUT,
    /** Refused, reset or cut off. */
    LOST,
    /** Not sent, because the breaker is open. */
    SKIPPED;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String service;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Counter requests =
      counter("http_requests_total", "Requests by status code.", "service", "code");
  private final Counter users =
      counter("requests_by_user_total", "Requests by kind of user.", "service", "user", "result");
  private final Histogram duration =
      times("http_request_duration_seconds", "Time to answer.", "service");
  private final Counter calls =
      counter("upstream_calls_total", "Calls by outcome.", "service", "upstream", "outcome");
  private final Counter retries =
      counter("retries_total", "Attempts after the first.", "service", "upstream");
  private final Gauge breakers =
      Gauge.build("breaker_state", "0 closed, 1 half-open, 2 open.")
          .labelNames("service", "upstream")
          .register(registry);
  private final Counter fallbacks =
      counter("fallbacks_total", "Orders answered without the upstream.", "service");

  Metrics(String service, String... upstreams) {
    this.service = service;
    for (int code :
        List.of(Reply.OK, Reply.ACCEPTED, Reply.CLOSED, Reply.BROKEN, Reply.UNAVAILABLE)) {
      requests.labels(service, Integer.toString(code));
    }
    for (String user : List.of(Order.STANDARD, Order.BETA)) {
      users.labels(service, user, "answered");
      users.labels(service, user, "failed");
    }
    duration.labels(service);
    fallbacks.labels(service);
    for (String upstream : upstreams) {
      retries.labels(service, upstream);
      breakers.labels(service, upstream);
      for (Outcome outcome : Outcome.values()) {
        calls.labels(service, upstream, outcome.label());
      }
    }
  }

  String service() {
    return service;
  }

  void served(String user, int code, long nanos) {
    users.labels(service, user, code < Reply.BROKEN ? "answered" : "failed").inc();
    requests.labels(service, Integer.toString(code)).inc();
    duration.labels(service).observe(nanos / 1e9);
  }

  void called(String upstream, Outcome outcome) {
    calls.labels(service, upstream, outcome.label()).inc();
  }

  void retried(String upstream) {
    retries.labels(service, upstream).inc();
  }

  void breaker(String upstream, Breaker.State state) {
    breakers.labels(service, upstream).set(state.number());
  }

  void fellBack() {
    fallbacks.labels(service).inc();
  }

  String text() throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.metricFamilySamples());
    return text.toString();
  }

  /** A counter of this service's own, at zero. */
  Counter.Child counter(String name, String help) {
    return counter(name, help, "service").labels(service);
  }

  /** Times of this service's own, none yet. */
  Histogram.Child times(String name, String help) {
    return times(name, help, "service").labels(service);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  private Histogram times(String name, String help, String... labels) {
    return Histogram.build(name, help)
        .labelNames(labels)
        .buckets(.005, .01, .025, .05, .1, .2, .3, .4, .5, .6, .7, .8, 1, 1.5, 2)
        .register(registry);
  }
}
