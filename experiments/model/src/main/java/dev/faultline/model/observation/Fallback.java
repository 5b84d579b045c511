package dev.faultline.model.observation;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.gate.SeriesReading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.List;

/**
 * What answers in place of something that does not: {@code fallback: QUERY}.
 *
 * @param answers PromQL: how many requests it answers per second
 */
public record Fallback(String answers) implements Observation {

  /** Requires an expression. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Fallback {
    InvalidValue.required(answers, "answers");
    if (answers.isBlank()) {
      throw new InvalidValue("answers", "the query is empty");
    }
  }

  /** Asks an expression. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Fallback of(String answers) {
    return new Fallback(answers);
  }

  @Override
  public List<String> figures() {
    return List.of("answered by the fallback per second");
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.PromInstant(answers));
  }

  @Override
  public List<Reading> read(List<Answer> given) {
    return List.of(SeriesReading.last(given.getFirst()));
  }
}
