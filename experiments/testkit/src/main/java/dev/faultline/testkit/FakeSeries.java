package dev.faultline.testkit;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What Prometheus and everything else that gates read would answer, by the question. */
final class FakeSeries {

  private final SimulatedTime time;
  private final Map<String, Function<Duration, Answer>> answers = new TreeMap<>();

  FakeSeries(SimulatedTime time) {
    this.time = time;
  }

  void put(String question, Function<Duration, Answer> answer) {
    answers.put(question, answer);
  }

  Answer answer(String question) {
    Function<Duration, Answer> known = answers.get(question);
    return known == null
        ? new Answer.Unanswered(BlindReason.REFUSED, "no such series: " + question)
        : known.apply(time.ticks());
  }

  Answer number(double value) {
    return new Answer.Series(
        List.of(new Answer.OneSeries(Map.of(), List.of(new Answer.Sample(time.now(), value)))),
        List.of(),
        Duration.ZERO);
  }

  /** The newest number of a series, as a statement selects it. */
  Answer selected(String statement) {
    Answer answer = answer(statement);
    return answer instanceof Answer.Series found
        ? new Answer.Numeric(found.series().getFirst().samples().getLast().value())
        : answer;
  }
}
