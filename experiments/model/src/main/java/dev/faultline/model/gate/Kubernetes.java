package dev.faultline.model.gate;

import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One number that the API of a Kubernetes cluster tells: {@code kubernetes: {deployment: web, read:
 * readyReplicas}}.
 *
 * @param what of what
 * @param figure which number
 */
public record Kubernetes(@OneOf Watched what, @OneOf Figure figure) implements Signal {

  /** Requires a number that can be read there. */
  public Kubernetes {
    if (figure instanceof Figure.Read(Watched.Read number) && !what.reads().contains(number)) {
      throw new InvalidValue(
          "read",
          "%s has no '%s'; it has %s"
              .formatted(
                  what.words(),
                  number.word(),
                  String.join(", ", what.reads().stream().map(Watched.Read::word).toList())));
    }
  }

  /** A number that is there of that kind of thing. */
  public Kubernetes(Watched what, Watched.Read read) {
    this(what, new Figure.Read(read));
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.ClusterNumber(what, figure));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.Numeric number -> Reading.of(number.value());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  @Override
  public Duration window() {
    return Duration.ZERO;
  }

  @Override
  public Set<Unit> units() {
    return EnumSet.of(Unit.NUMBER);
  }

  @Override
  public boolean onlyGrows() {
    return figure.onlyGrows();
  }

  @Override
  public String words() {
    return "%s of %s".formatted(figure.words(), what.words());
  }
}
