package dev.faultline.model.observation;

import dev.faultline.judge.Reading;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.gate.SeriesReading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Calls that are repeated.
 *
 * @param calls PromQL: attempts per second, retries among them
 * @param retries PromQL: retries per second
 */
public record Retries(String calls, String retries) implements Observation {

  /** Requires both expressions. */
  public Retries {
    InvalidValue.required(calls, "calls");
    InvalidValue.required(retries, "retries");
    if (calls.isBlank() || retries.isBlank()) {
      throw new InvalidValue(calls.isBlank() ? "calls" : "retries", "the query is empty");
    }
  }

  @Override
  public List<String> figures() {
    return List.of("calls per second", "retries per second");
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.PromInstant(calls), new Query.PromInstant(retries));
  }

  @Override
  public List<Reading> read(List<Answer> answers) {
    return answers.stream().map(SeriesReading::last).toList();
  }

  /** By how much retries multiply calls; empty where there is no first attempt. */
  public static OptionalDouble multiplied(double calls, double retries) {
    double first = calls - retries;
    return first > 0 ? OptionalDouble.of(calls / first) : OptionalDouble.empty();
  }
}
