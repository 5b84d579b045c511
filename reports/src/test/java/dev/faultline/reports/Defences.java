package dev.faultline.reports;

import dev.faultline.judge.Reading;
import dev.faultline.model.document.Observed;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.observation.Breaker;
import dev.faultline.model.observation.Fallback;
import dev.faultline.model.observation.Retries;
import dev.faultline.model.summary.RunSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * Orders are frozen from second 20 to 40 of 60 while a breaker, retries and a fallback are watched;
 * the load goes to twice its rate meanwhile.
 */
public final class Defences {

  private static final List<Observed> ALL =
      Stream.of(new Breaker("b"), new Retries("c", "r"), new Fallback("f"))
          .map(what -> new Observed(Optional.empty(), what))
          .toList();
  private static final int FROM = 20;
  private static final int TO = 40;
  private static final int END = 60;

  private Defences() {}

  /** Each figure by the second since the start of the run. */
  static Journal journal(
      long failures,
      IntToDoubleFunction state,
      IntToDoubleFunction calls,
      IntToDoubleFunction retries,
      IntToDoubleFunction answers) {
    Journal journal =
        new Journal().add(Shop.started("watched", "They help", false, List.of(Shop.ERRORS), ALL));
    journal.at(1).phase(Phase.BASELINE);
    for (int second = 2; second < END; second++) {
      if (second == FROM) {
        journal.at(second - 0.5).phase(Phase.FAULTS);
        journal.begin(Shop.ref(0), Shop.steps().get(0), "armed");
        journal.begin(Shop.ref(1), Shop.steps().get(1), "stopped");
      }
      if (second == TO) {
        journal.at(second - 0.5).end(Shop.ref(1), "running").end(Shop.ref(0), "not armed");
        journal.phase(Phase.RECOVERY);
      }
      boolean during = second >= FROM && second < TO;
      journal.at(second);
      journal.load(
          second,
          during ? 200 : 100,
          during && failures > 0 ? Map.of("http 503", failures) : Map.of(),
          Traffic.histogram(second, 100, 9000, 20_000));
      journal.add(read("breaker", state.applyAsDouble(second)));
      journal.add(read("retries", calls.applyAsDouble(second), retries.applyAsDouble(second)));
      journal.add(read("fallback", answers.applyAsDouble(second)));
    }
    return journal.at(END).phase(Phase.CLOSED).conclude();
  }

  private static Event read(String name, double... values) {
    return new Event.ObservationRead(
        name, Arrays.stream(values).mapToObj(value -> (Reading) new Reading.Value(value)).toList());
  }

  private static double during(int second, double value, double otherwise) {
    return second >= FROM && second < TO ? value : otherwise;
  }

  /** All three do what they are for. */
  public static RunSummary good() {
    return watched().summary();
  }

  static Journal watched() {
    return journal(
        0,
        second -> second < 23 || second >= 42 ? 0 : second % 4 == 0 ? 1 : 2,
        second -> during(second, 110, 100),
        second -> during(second, 10, 0),
        second -> during(second, 50, 0));
  }

  /** None of them does, and retries go on until second 55. */
  public static RunSummary bad() {
    return journal(
            80,
            _ -> 0,
            second -> second >= FROM && second < 55 ? 300 : 100,
            second -> second >= FROM && second < 55 ? 200 : 0,
            _ -> 0)
        .summary();
  }

  /** The breaker stays open. */
  public static RunSummary stuck() {
    return journal(0, second -> second < 23 ? 0 : 2, _ -> 100, _ -> 0, _ -> 0).summary();
  }
}
