package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The order in which faults begin: each has a name of its own, and waits for one that is there. */
final class FaultOrder {

  private static final int LONGEST_TITLE = 63;

  private FaultOrder() {}

  /**
   * Refuses names that stand twice or are too long, and faults that wait for nobody or each other.
   *
   * @throws InvalidValue at the place of the fault among {@code faults}
   */
  static void require(List<FaultStep> faults) {
    refuseCircles(faults, orderOf(faults));
  }

  private static Map<String, Integer> orderOf(List<FaultStep> faults) {
    Map<String, Integer> order = new HashMap<>();
    for (int i = 0; i < faults.size(); i++) {
      String title = faults.get(i).title();
      if (title.length() > LONGEST_TITLE) {
        throw new InvalidValue(
            "faults/%d".formatted(i),
            "the targets make too long a name for this fault; give it a 'name'");
      }
      if (order.put(title, i) != null) {
        throw new InvalidValue(
            "faults/%d%s".formatted(i, faults.get(i).name().isPresent() ? "/name" : ""),
            "two faults are called '%s'; give one of them another 'name'".formatted(title));
      }
    }
    return order;
  }

  private static void refuseCircles(List<FaultStep> faults, Map<String, Integer> order) {
    for (int i = 0; i < faults.size(); i++) {
      Set<String> waiting = new LinkedHashSet<>(Set.of(faults.get(i).title()));
      Optional<String> before = faults.get(i).after();
      while (before.isPresent()) {
        Integer next = order.get(before.get());
        if (next == null) {
          throw new InvalidValue(
              "faults/%d/after".formatted(order.get(lastOf(waiting))),
              "no fault is called '%s'; %s"
                  .formatted(
                      before.get(),
                      Words.nearest(before.get(), order.keySet())
                          .map("did you mean '%s'?"::formatted)
                          .orElseGet(() -> "there are " + titles(faults))));
        }
        if (!waiting.add(before.get())) {
          throw new InvalidValue(
              "faults/%d/after".formatted(order.get(lastOf(waiting))),
              circle(List.copyOf(waiting), before.get()));
        }
        before = faults.get(next).after();
      }
    }
  }

  private static String lastOf(Set<String> titles) {
    return List.copyOf(titles).getLast();
  }

  private static String titles(List<FaultStep> faults) {
    return String.join(", ", faults.stream().map(FaultStep::title).toList());
  }

  private static String circle(List<String> waiting, String again) {
    List<String> round = waiting.subList(waiting.indexOf(again), waiting.size());
    return round.size() == 1
        ? "'%s' waits for itself; remove this 'after'".formatted(again)
        : "these wait for each other: %s, %s; remove one 'after'"
            .formatted(String.join(", ", round), again);
  }
}
