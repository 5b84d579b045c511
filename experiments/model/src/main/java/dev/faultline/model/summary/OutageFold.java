package dev.faultline.model.summary;

import dev.faultline.model.summary.Outage.Part;
import dev.faultline.model.summary.Outage.Wait;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the outage that the writers of a ledger went through, and takes it apart. */
final class OutageFold {

  /** A client may be back before whoever promoted says so. */
  private static final Duration TOLD_LATE = Duration.ofSeconds(1);

  private final Instant began;
  private final List<StepSummary> steps;
  private final List<Timed<Sighting>> sightings;

  private OutageFold(Instant began, List<StepSummary> steps, List<Timed<Sighting>> sightings) {
    this.began = began;
    this.steps = steps;
    this.sightings = sightings;
  }

  static Optional<Outage> of(
      Instant began,
      Optional<LedgerAccount> ledger,
      List<StepSummary> steps,
      List<Timed<Sighting>> sightings) {
    return ledger.flatMap(account -> new OutageFold(began, steps, sightings).of(account));
  }

  private Optional<Outage> of(LedgerAccount account) {
    return Together.longest(account.gaps(), account.at()).map(gaps -> outage(gaps));
  }

  private Outage outage(Together gaps) {
    Optional<Duration> firstBack = gaps.firstBack().map(this::elapsed);
    Duration until = firstBack.orElse(elapsed(gaps.now()));
    return new Outage(
        elapsed(gaps.began()),
        firstBack,
        gaps.allBack().map(this::elapsed),
        waits(until, firstBack));
  }

  private Duration elapsed(Instant at) {
    return Duration.between(began, at);
  }

  /** The parts whose ends were seen between the fault and the first acknowledgement. */
  private List<Wait> waits(Duration until, Optional<Duration> back) {
    List<Wait> waits = new ArrayList<>();
    Optional<Duration> from =
        steps.stream()
            .filter(step -> step.step().action() instanceof Action.FailOver)
            .map(StepSummary::intended)
            .filter(at -> at.compareTo(until) < 0)
            .max(Comparator.naturalOrder())
            .or(() -> firstEffect(until));
    if (from.isEmpty()) {
      return waits;
    }
    Duration at = from.get();
    for (Part part : List.of(Part.DETECTION, Part.ELECTION, Part.PROMOTION)) {
      Optional<Timed<Sighting>> end = seen(part, at, until);
      if (end.isPresent()) {
        String words = end.get().what().source() + ": " + end.get().what().words();
        Duration ended = min(end.get().elapsed(), until);
        waits.add(new Wait(part, at, ended, words));
        at = ended;
      }
    }
    if (back.isPresent() && !waits.isEmpty()) {
      Duration last = back.get().compareTo(at) < 0 ? at : back.get();
      waits.add(new Wait(Part.RECONNECTION, at, last, "first write acknowledged"));
    }
    return waits;
  }

  private Optional<Duration> firstEffect(Duration until) {
    return FiguresFold.effects(steps)
        .map(StepSummary::intended)
        .filter(at -> at.compareTo(until) < 0)
        .max(Comparator.naturalOrder());
  }

  private Optional<Timed<Sighting>> seen(Part part, Duration from, Duration until) {
    Sighting.Kind kind =
        switch (part) {
          case DETECTION -> Sighting.Kind.DETECTED;
          case ELECTION -> Sighting.Kind.MITIGATED;
          case PROMOTION -> Sighting.Kind.PROMOTED;
          case RECONNECTION -> Sighting.Kind.NOTE;
        };
    return sightings.stream()
        .filter(sighting -> sighting.what().kind() == kind)
        .filter(sighting -> sighting.elapsed().compareTo(from) >= 0)
        .filter(sighting -> sighting.elapsed().compareTo(until.plus(TOLD_LATE)) <= 0)
        .findFirst();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
