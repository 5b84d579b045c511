package dev.faultline.reports.findings;

import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.OutageFacts;
import dev.faultline.reports.facts.OutageFacts.Stretch;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an outage was spent on. A part is told when it took half a second and a fourth of the time
 * from the fault to the first acknowledgement.
 */
record OutageFindings(FailoverFacts failover) {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final long SHARE = 4;

  List<Finding> all() {
    List<Finding> found = new ArrayList<>();
    failover
        .outage()
        .ifPresent(
            outage -> {
              noReturn(outage).ifPresent(found::add);
              Duration whole =
                  outage.stretches().stream()
                      .map(Stretch::length)
                      .reduce(Duration.ZERO, Duration::plus);
              outage.stretches().stream()
                  .filter(part -> part.length().compareTo(SHORT) >= 0)
                  .filter(part -> part.length().multipliedBy(SHARE).compareTo(whole) >= 0)
                  .forEach(part -> found.add(finding(part, outage, whole)));
              slowWriter(outage).ifPresent(found::add);
            });
    return found;
  }

  private Finding finding(Stretch part, OutageFacts outage, Duration whole) {
    String of = "%s of %s".formatted(part.lasted(), Spelling.span(whole));
    return switch (part.part()) {
      case DETECTION ->
          new Finding(
              Kind.DETECTION,
              Severity.NOTABLE,
              "Detection took " + of + watch().map(": "::concat).orElse(""),
              part.evidence(),
              detectSooner());
      case ELECTION ->
          new Finding(
              Kind.ELECTION,
              Severity.NOTABLE,
              "Choosing a successor took " + of,
              part.evidence(),
              patroni()
                  ? "Lower loop_wait and retry_timeout, by which the agents look and repeat"
                  : "See what the controller does between noticing and promoting: fencing comes"
                      + " first, and ends with the death of the old primary");
      case PROMOTION -> promotion(part, outage, of);
      case RECONNECTION -> reconnection(part, outage);
    };
  }

  private static Finding promotion(Stretch part, OutageFacts outage, String of) {
    // From outside of a database that runs already only its end is seen.
    boolean isAll = outage.stretches().getFirst().equals(part);
    return new Finding(
        Kind.PROMOTION,
        Severity.NOTABLE,
        "Promotion took " + of + (isAll ? "; detection and election are in it, unseen" : ""),
        part.evidence(),
        isAll
            ? "See in the log of what watches the database when it noticed; under Patroni the lock"
                + " of a lost leader runs out after ttl"
            : "A standby replays what it has received before it takes writes: see its lag, long"
                + " queries on it (max_standby_streaming_delay) and recovery_prefetch");
  }

  private Finding reconnection(Stretch part, OutageFacts outage) {
    return new Finding(
        Kind.RECONNECTION,
        Severity.NOTABLE,
        "No writer was faster back than %s although promotion was done at %s: client reconnection took %s"
            .formatted(outage.recoveryTime(), Spelling.at(part.from()), part.lasted()),
        failover
            .writers()
            .map(
                asked ->
                    "a write or a connection of the ledger is given up after %s (ledger.timeout)"
                        .formatted(Spelling.span(asked.patience())))
            .orElse(part.evidence()),
        "Lower connectTimeout and socketTimeout of the driver, and hostRecheckSeconds (10 s unless"
            + " set), after which it asks again which node is the primary");
  }

  private Optional<String> watch() {
    Optional<String> interval = setting("controller.interval");
    Optional<String> missed = setting("controller.missed");
    if (interval.isPresent() && missed.isPresent()) {
      return Optional.of(
          "controller.interval %s × controller.missed %s".formatted(interval.get(), missed.get()));
    }
    return setting("ttl")
        .map(
            ttl ->
                "ttl " + ttl + setting("loop_wait").map(wait -> ", loop_wait " + wait).orElse(""));
  }

  private String detectSooner() {
    if (patroni()) {
      return "Lower ttl, and with it loop_wait and retry_timeout (ttl must be at least loop_wait +"
          + " 2 × retry_timeout); a primary that pauses for longer than ttl loses its role";
    }
    return setting("controller.interval").isPresent()
        ? "Lower controller.interval or controller.missed; a primary that pauses for longer than"
            + " their product is then failed over for nothing"
        : "Look more often, or believe fewer misses, in whatever watches the primary";
  }

  private boolean patroni() {
    return setting("ttl").isPresent();
  }

  private Optional<Finding> noReturn(OutageFacts outage) {
    if (outage.outage().allBack().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Kind.NO_RETURN,
            Severity.SEVERE,
            outage.over()
                ? "Not every writer had an acknowledgement again before the run ended"
                : "No writer had an acknowledgement again before the run ended: the outage took %s"
                    .formatted(outage.recoveryTime()),
            "the first write that failed was sent at " + Spelling.at(outage.outage().firstFailed()),
            "See whether a primary stands at the end (Nodes), and what the clients' errors say"));
  }

  private Optional<Finding> slowWriter(OutageFacts outage) {
    Optional<Duration> first = outage.outage().recoveryTime();
    Optional<Duration> last = outage.outage().slowest();
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Duration later = last.get().minus(first.get());
    boolean much =
        later.compareTo(Duration.ofSeconds(1)) >= 0
            && later.multipliedBy(2).compareTo(first.get()) >= 0;
    return much
        ? Optional.of(
            new Finding(
                Kind.SLOW_WRITER,
                Severity.NOTABLE,
                "The last writer was back after %s, %s after the first"
                    .formatted(Spelling.span(last.get()), Spelling.span(later)),
                "the longest gap of each writer is in the drawing of the outage",
                "Bound how long a client waits on a dead connection: socketTimeout of the driver,"
                    + " tcp_user_timeout, and a validation by the pool"))
        : Optional.empty();
  }

  private Optional<String> setting(String name) {
    return failover
        .written()
        .flatMap(database -> database.setting(name))
        .filter(value -> !value.isBlank());
  }
}
