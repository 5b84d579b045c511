package dev.faultline.environment.prometheus;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.OneSeries;
import dev.faultline.model.world.Answer.Sample;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Past;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Prometheus has stored: what it would have answered then. Each question is a few queries
 * over ranges. Thread-safe.
 *
 * @param client asks it
 */
public record PrometheusPast(PrometheusClient client) implements Past {

  /** Prometheus evaluates no more than 11,000 moments at a time. */
  private static final int AT_A_TIME = 10_000;

  @Override
  public List<Answer> ask(Query query, Moments moments) {
    return switch (query) {
      case Query.PromInstant instant -> instants(instant.expression(), moments);
      case Query.PromRange range -> ranges(range, moments);
      case Query other ->
          Collections.nCopies(
              moments.count(),
              new Answer.Unanswered(
                  BlindReason.NO_DATA, "nothing of the past is kept of " + other.text()));
    };
  }

  private List<Answer> instants(String expression, Moments moments) {
    List<Answer> answers = new ArrayList<>(moments.count());
    for (int from = 0; from < moments.count(); from += AT_A_TIME) {
      int count = Math.min(AT_A_TIME, moments.count() - from);
      Moments part = new Moments(moments.at(from), moments.step(), count);
      switch (client.ask(expression, part)) {
        case Answer.Series series -> answers.addAll(each(series, part));
        case Answer none -> answers.addAll(Collections.nCopies(count, none));
      }
    }
    return answers;
  }

  /** The samples at each moment; a series that has none there is absent. */
  private static List<Answer> each(Answer.Series all, Moments moments) {
    List<List<OneSeries>> at = new ArrayList<>(moments.count());
    for (int i = 0; i < moments.count(); i++) {
      at.add(new ArrayList<>());
    }
    for (OneSeries series : all.series()) {
      for (Sample sample : series.samples()) {
        at.get(number(sample.at(), moments)).add(new OneSeries(series.labels(), List.of(sample)));
      }
    }
    return at.stream()
        .<Answer>map(series -> new Answer.Series(series, all.warnings(), Duration.ZERO))
        .toList();
  }

  /** A sample bears the moment of its evaluation, to the millisecond. */
  private static int number(Instant at, Moments moments) {
    long nanos = Duration.between(moments.first(), at).toNanos();
    long number = Math.round((double) nanos / moments.step().toNanos());
    return Math.toIntExact(Math.clamp(number, 0, moments.count() - 1));
  }

  /**
   * Ranges end at each moment and overlap: their samples are asked for once, where the distance of
   * the moments is a multiple of that of the samples.
   */
  private List<Answer> ranges(Query.PromRange range, Moments moments) {
    long each = moments.step().dividedBy(range.step());
    if (each < 1 || !range.step().multipliedBy(each).equals(moments.step())) {
      return Collections.nCopies(
          moments.count(),
          new Answer.Unanswered(
              BlindReason.REFUSED,
              "its samples are %s apart; take a step that is a multiple of that"
                  .formatted(range.step())));
    }
    int back = Math.toIntExact(range.over().dividedBy(range.step()));
    Instant first = moments.first().minus(range.step().multipliedBy(back));
    int count = Math.toIntExact(back + each * (moments.count() - 1) + 1);
    List<Answer> points = instants(range.expression(), new Moments(first, range.step(), count));
    List<Answer> answers = new ArrayList<>(moments.count());
    for (int i = 0; i < moments.count(); i++) {
      int end = Math.toIntExact(back + each * i);
      answers.add(joined(points.subList(end - back, end + 1)));
    }
    return answers;
  }

  /** The samples of all of them, series by series. */
  private static Answer joined(List<Answer> points) {
    Map<Map<String, String>, List<Sample>> samples = new HashMap<>();
    List<String> warnings = new ArrayList<>();
    for (Answer point : points) {
      if (!(point instanceof Answer.Series series)) {
        return point;
      }
      warnings.addAll(series.warnings());
      series
          .series()
          .forEach(
              one ->
                  samples
                      .computeIfAbsent(one.labels(), _ -> new ArrayList<>())
                      .addAll(one.samples()));
    }
    return new Answer.Series(
        samples.entrySet().stream()
            .map(one -> new OneSeries(one.getKey(), one.getValue()))
            .toList(),
        warnings.stream().distinct().toList(),
        Duration.ZERO);
  }
}
