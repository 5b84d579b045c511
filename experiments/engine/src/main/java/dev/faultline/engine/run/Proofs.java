package dev.faultline.engine.run;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks the world until what was done to it shows, or its time is over. A world that throws has not
 * answered. Thread-safe.
 */
record Proofs(World world, Clock clock, Recorder recorder) {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** An API server is not asked fifty times a second for as long as a pod takes to end. */
  private static final Duration LONGEST_LOOK_AGAIN = Duration.ofMillis(320);

  /**
   * What is to show.
   *
   * @param proof how it does; empty where nothing shows it
   * @param patient whether to wait for that; else it is asked once
   */
  record Wanted(Optional<Proof> proof, boolean patient) {
    private Duration within() {
      return patient ? proof.map(Proof::within).orElse(Duration.ZERO) : Duration.ZERO;
    }
  }

  /** Is told of each thing, by its place, as soon as it is known whether it shows. */
  @FunctionalInterface
  interface Told {
    void of(int place, Evidence evidence);
  }

  /** Asks for one thing. */
  Evidence of(Wanted wanted) throws InterruptedException {
    return of(List.of(wanted), (_, _) -> {}).getFirst();
  }

  /** Asks for several, none of which waits for another; says of each whether it was shown. */
  List<Evidence> of(List<Wanted> wanted, Told told) throws InterruptedException {
    Duration begin = clock.ticks();
    Duration pause = LOOK_AGAIN;
    Map<Integer, Evidence> shown = new TreeMap<>();
    while (true) {
      List<Integer> open = open(wanted, shown, told);
      List<Answer> answers = askAll(open.stream().map(i -> proof(wanted.get(i)).query()).toList());
      Duration took = clock.ticks().minus(begin);
      for (int i = 0; i < open.size(); i++) {
        Wanted one = wanted.get(open.get(i));
        Optional<Evidence> evidence = evidence(one, answers.get(i), took);
        if (evidence.isPresent()) {
          shown.put(open.get(i), evidence.get());
          told.of(open.get(i), evidence.get());
        }
      }
      List<Integer> left = open(wanted, shown, told);
      if (left.isEmpty()) {
        return List.copyOf(shown.values());
      }
      clock.sleep(pause);
      boolean cluster = left.stream().allMatch(i -> isOfCluster(proof(wanted.get(i)).query()));
      if (cluster && pause.compareTo(LONGEST_LOOK_AGAIN) < 0) {
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static List<Integer> open(List<Wanted> wanted, Map<Integer, Evidence> shown, Told told) {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (shown.containsKey(i)) {
        continue;
      }
      if (wanted.get(i).proof().isPresent()) {
        open.add(i);
      } else {
        shown.put(i, new Evidence(false, "nothing shows it"));
        told.of(i, new Evidence(false, "nothing shows it"));
      }
    }
    return open;
  }

  private static Proof proof(Wanted wanted) {
    return wanted.proof().orElseThrow();
  }

  /** What an answer shows; empty where there is time to ask again. */
  private static Optional<Evidence> evidence(Wanted wanted, Answer answer, Duration took) {
    Proof proof = proof(wanted);
    if (proof.expects().met(answer)) {
      return Optional.of(
          new Evidence(
              true,
              "%s: %s, after %d ms"
                  .formatted(proof.query().text(), answer.words(), took.toMillis())));
    }
    return took.compareTo(wanted.within()) < 0
        ? Optional.empty()
        : Optional.of(
            new Evidence(
                false,
                "%s: %s, and not %s within %d ms"
                    .formatted(
                        proof.query().text(),
                        answer.words(),
                        proof.expects().words(),
                        wanted.within().toMillis())));
  }

  /** What the world answers. */
  Answer ask(Query query) {
    return askAll(List.of(query)).getFirst();
  }

  private List<Answer> askAll(List<Query> queries) {
    try {
      return Portions.of(queries).stream()
          .flatMap(portion -> world.askAll(portion).stream())
          .toList();
    } catch (RuntimeException bug) {
      recorder.internalError(bug);
      return Collections.nCopies(
          queries.size(), new Answer.Unanswered(BlindReason.MALFORMED, "internal error: " + bug));
    }
  }

  private static boolean isOfCluster(Query query) {
    return query instanceof Query.OfCluster
        || (query instanceof Query.RouteStatus status && status.route().ofCluster());
  }
}
