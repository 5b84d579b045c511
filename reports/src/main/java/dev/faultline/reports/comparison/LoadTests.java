package dev.faultline.reports.comparison;

import dev.faultline.judge.twosample.ShareDifference;
import dev.faultline.judge.twosample.Superiority;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.LoadFacts;
import dev.faultline.reports.facts.LoadFacts.InPart;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tests of what the load met in one part of two runs. */
final class LoadTests {

  private static final String SHARES = "two proportions, by blocks";
  private static final String RANKS = "Mann-Whitney, by blocks";

  private final LoadBlocks first;
  private final LoadBlocks second;

  private LoadTests(LoadBlocks first, LoadBlocks second) {
    this.first = first;
    this.second = second;
  }

  /** Empty where one of them is too short to tell how its blocks differ among themselves. */
  static Optional<LoadTests> of(
      Facts first, Optional<InPart> was, Facts second, Optional<InPart> is) {
    if (was.isEmpty() || is.isEmpty()) {
      return Optional.empty();
    }
    List<LoadInterval> before = seconds(first, was.get());
    List<LoadInterval> after = seconds(second, is.get());
    int length = LoadBlocks.length(before.size(), after.size());
    LoadBlocks one = LoadBlocks.of(before, length);
    LoadBlocks two = LoadBlocks.of(after, length);
    return one.enough() && two.enough() ? Optional.of(new LoadTests(one, two)) : Optional.empty();
  }

  private static List<LoadInterval> seconds(Facts facts, InPart part) {
    return facts.run().load().stream()
        .filter(one -> part.part().holds().test(LoadFacts.elapsed(facts.run(), one)))
        .toList();
  }

  Optional<Tested> failed() {
    return ShareDifference.of(first.failed(), second.failed())
        .map(
            found ->
                Tested.alone(
                    SHARES,
                    "%s pp (%s to %s)"
                        .formatted(
                            points(found.second() - found.first()),
                            points(found.low()),
                            points(found.high())),
                    found.pValue()));
  }

  /** Whether a request is slower, of all that there are. */
  Optional<Tested> all() {
    return Superiority.of(first.counts(), second.counts())
        .map(
            found ->
                Tested.alone(
                    RANKS,
                    "slower in %s of pairs (%s to %s)"
                        .formatted(
                            percent(found.probability()),
                            percent(found.low()),
                            percent(found.high())),
                    found.pValue()));
  }

  /** Whether more of them are beyond a percentile of both together. */
  Optional<Tested> beyond(double percent) {
    Optional<Duration> limit =
        LoadBlocks.merged(
                Stream.of(first, second)
                    .flatMap(load -> load.blocks().stream())
                    .flatMap(List::stream)
                    .toList())
            .map(together -> together.percentile(percent));
    return limit.flatMap(this::over);
  }

  private Optional<Tested> over(Duration limit) {
    return ShareDifference.of(first.slowerThan(limit), second.slowerThan(limit))
        .map(
            found ->
                Tested.alone(
                    SHARES,
                    "over %s: %s%% → %s%%"
                        .formatted(
                            Spelling.span(limit),
                            number(found.first() * 100),
                            number(found.second() * 100)),
                    found.pValue()));
  }

  private static String points(double share) {
    return (share < 0 ? "−" : "+") + number(Math.abs(share) * 100);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
