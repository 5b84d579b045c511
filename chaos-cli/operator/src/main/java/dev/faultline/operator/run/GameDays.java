package dev.faultline.operator.run;

import dev.faultline.operator.cluster.ObjectStore;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.day.DayCourse;
import dev.faultline.operator.day.DayPlan;
import dev.faultline.operator.day.DayTurn;
import dev.faultline.operator.day.SeenDay;
import dev.faultline.operator.day.Wish;
import dev.faultline.operator.file.DayFiles;
import dev.faultline.operator.file.NotRun;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Follows the game days of a cluster, on the replica that leads. Not thread-safe. */
final class GameDays {

  private final ObjectStore objects;
  private final DayFiles files;
  private final Map<Seen.Key, Known> known = new HashMap<>();

  /** What a generation of a game day says. */
  private record Known(String uid, long generation, Read read) {

    boolean is(SeenDay day) {
      return uid.equals(day.uid()) && generation == day.generation();
    }
  }

  private sealed interface Read {

    record Plan(DayPlan plan) implements Read {}

    record Refused(String reason, String why) implements Read {}
  }

  GameDays(ObjectStore objects, DayFiles files) {
    this.objects = objects;
    this.files = files;
  }

  /**
   * Does what is to be done about them at a moment.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not
   *     answer; the next look goes on where this one was
   */
  void look(Instant now) {
    known.keySet().retainAll(objects.days().stream().map(SeenDay::key).collect(Collectors.toSet()));
    for (SeenDay day : objects.days()) {
      act(day, turn(day, now));
    }
  }

  private DayTurn turn(SeenDay day, Instant now) {
    DayCourse course = new DayCourse(name -> objects.named(day.key().namespace(), name), now);
    return switch (read(day)) {
      case Read.Plan(DayPlan plan) -> course.of(day, plan);
      case Read.Refused(String reason, String why) -> course.refused(day, reason, why);
    };
  }

  /** What is on stands in the status before anything is asked for it. */
  private void act(SeenDay day, DayTurn turn) {
    if (!turn.status().equals(day.status()) && objects.write(day, turn.status()).isEmpty()) {
      return;
    }
    for (Wish wish : turn.wishes()) {
      objects.grant(wish);
    }
  }

  private Read read(SeenDay day) {
    Known before = known.get(day.key());
    if (before != null && before.is(day)) {
      return before.read();
    }
    try {
      Read read = fresh(day);
      known.put(day.key(), new Known(day.uid(), day.generation(), read));
      return read;
    } catch (IOException full) {
      // There may be room at the next look.
      return new Read.Refused("NoRoom", "its file cannot be written: " + full.getMessage());
    }
  }

  private Read fresh(SeenDay day) throws IOException {
    try {
      return new Read.Plan(files.load(day.key()));
    } catch (NotRun none) {
      return new Read.Refused(none.reason(), none.words());
    }
  }
}
