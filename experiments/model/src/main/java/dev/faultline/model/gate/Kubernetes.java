package dev.faultline.model.gate;

import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
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
 * @param read which number; must be given
 */
public record Kubernetes(@OneOf Watched what, Watched.Read read) implements Signal {

  /** Requires a number that can be read there. */
  public Kubernetes {
    InvalidValue.required(read, "read");
    if (!what.reads().contains(read)) {
      throw new InvalidValue(
          "read",
          "%s has no '%s'; it has %s"
              .formatted(
                  what.words(),
                  read.word(),
                  String.join(", ", what.reads().stream().map(Watched.Read::word).toList())));
    }
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.ClusterNumber(what, read));
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
    return EnumSet.of(Watched.Read.SUCCEEDED, Watched.Read.FAILED).contains(read);
  }

  @Override
  public String words() {
    return "%s of %s".formatted(read.word(), what.words());
  }
}
