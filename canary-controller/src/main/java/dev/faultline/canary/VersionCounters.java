package dev.faultline.canary;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.rollout.Measure;
import dev.faultline.model.world.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What one version counts for one measure.
 *
 * @param total all its requests
 * @param second what its bad ones are told from
 */
record VersionCounters(Counters total, Counters second) {

  static final VersionCounters UNSEEN = new VersionCounters(Counters.UNSEEN, Counters.UNSEEN);

  /**
   * The counters after one more look.
   *
   * @param traffic of the block that ended with it; empty where it began or could not be seen
   * @param blind why it could not be seen
   */
  record Next(VersionCounters now, Optional<Traffic> traffic, Optional<Reading.Blind> blind) {

    /** Where no requests are counted any more: the same, with none in this block. */
    Next orNothing() {
      return blind.filter(why -> why.reason() == BlindReason.NO_DATA).isPresent()
          ? new Next(now, Optional.of(new Traffic(0, 0)), Optional.empty())
          : this;
    }
  }

  /**
   * Takes the answers to the questions of the measure; what cannot be read leaves the counters as
   * they were, so that the next block is the longer.
   */
  Next after(Measure measure, String version, List<Answer> answers) {
    Counters.Read all = Counters.read(answers.get(0));
    Counters.Read some = Counters.read(answers.get(1));
    return switch (all) {
      case Counters.Read.None none -> blind(none.why());
      case Counters.Read.Values requests when requests.values().isEmpty() ->
          blind(
              new Reading.Blind(
                  BlindReason.NO_DATA, "no requests of %s are counted".formatted(version)));
      case Counters.Read.Values requests ->
          switch (some) {
            case Counters.Read.None none -> blind(none.why());
            case Counters.Read.Values bad ->
                measure.secondMayBeAbsent() || !bad.values().isEmpty()
                    ? both(measure, total.after(requests.values()), second.after(bad.values()))
                    : blind(
                        new Reading.Blind(
                            BlindReason.NO_DATA,
                            "%s has no such bucket; take a bound of its histogram"
                                .formatted(version)));
          };
    };
  }

  private static Next both(Measure measure, Counters.Gain total, Counters.Gain second) {
    return new Next(
        new VersionCounters(total.now(), second.now()),
        total
            .gained()
            .map(
                requests ->
                    new Traffic(requests, measure.bad(requests, second.gained().orElse(0.0)))),
        Optional.empty());
  }

  private Next blind(Reading.Blind why) {
    return new Next(this, Optional.empty(), Optional.of(why));
  }
}
