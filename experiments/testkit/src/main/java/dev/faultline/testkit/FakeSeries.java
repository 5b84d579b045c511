package dev.faultline.testkit;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a fake world answers to expressions, which may depend on the time. */
final class FakeSeries {

  private final Map<String, Function<Duration, Answer>> answers = new TreeMap<>();

  void put(String expression, Function<Duration, Answer> answer) {
    answers.put(expression, answer);
  }

  Answer ask(String expression, Duration now) {
    Function<Duration, Answer> known = answers.get(expression);
    return known == null
        ? new Answer.Unanswered(BlindReason.REFUSED, "no such series: " + expression)
        : known.apply(now);
  }

  /** The same as one number, as databases answer. */
  Answer number(String expression, Duration now) {
    Answer answer = ask(expression, now);
    return answer instanceof Answer.Series series
        ? new Answer.Numeric(series.series().getFirst().samples().getLast().value())
        : answer;
  }
}
