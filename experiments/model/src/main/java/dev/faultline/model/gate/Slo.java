package dev.faultline.model.gate;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An objective that stands in a file of OpenSLO, Sloth or Pyrra: {@code slo: {file: slo.yaml, name:
 * checkout}}. Read as the burn rate of its budget.
 *
 * @param file where it stands; a path starts at the folder of the experiment
 * @param name what it is called there
 * @param windows the pairs of windows; those of {@link BurnRate} when empty
 * @param means what the file says; there once the experiment is loaded
 */
public record Slo(
    String file, String name, List<BurnRate.Pair> windows, @FilledIn Optional<BurnRate> means)
    implements Signal {

  private static final Bound UNREAD =
      new Bound.Below(new Quantity(1, Unit.NUMBER, "what its file says"));

  /** Requires a file and a name. */
  public Slo {
    InvalidValue.required(file, "file");
    InvalidValue.required(name, "name");
    windows = List.copyOf(windows);
  }

  /** This objective with what its file says. */
  public Slo meaning(BurnRate read) {
    return new Slo(file, name, windows, Optional.of(read));
  }

  private BurnRate burnRate() {
    return means.orElseThrow(
        () -> new IllegalStateException("the file %s is not read yet".formatted(file)));
  }

  @Override
  public List<Query> queries() {
    return burnRate().queries();
  }

  @Override
  public Reading read(List<Answer> answers) {
    return burnRate().read(answers);
  }

  @Override
  public Duration window() {
    return burnRate().window();
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.NUMBER);
  }

  @Override
  public Optional<Bound> ownBound() {
    return means.flatMap(BurnRate::ownBound).or(() -> Optional.of(UNREAD));
  }

  @Override
  public List<String> cautions(Duration run, Duration recovery) {
    return burnRate().cautions(run, recovery);
  }

  @Override
  public String words() {
    return "SLO %s of %s: %s".formatted(name, file, burnRate().words());
  }
}
