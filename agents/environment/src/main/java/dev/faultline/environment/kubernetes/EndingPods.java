package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The pods that were ended from here and may still be there. Many of them are looked for in one
 * list of the namespace, and the last of these too, at first every half second, later every 4 s. A
 * uid that is gone never comes back: what a list does not have needs no other look. Thread-safe.
 */
final class EndingPods {

  private static final int MANY = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final Api api;
  private final Set<String> ending = new HashSet<>();
  private final Set<String> gone = new HashSet<>();
  private Map<String, Boolean> there = Map.of();
  private Duration pause = FIRST_PAUSE;
  private long nextLook = System.nanoTime();

  EndingPods(Api api) {
    this.api = api;
  }

  /** The API server has agreed to end it. */
  synchronized void add(ObjectRef pod) {
    ending.add(pod.uid());
    pause = FIRST_PAUSE;
    nextLook = System.nanoTime();
  }

  /** How it is by the newest list; empty where it is better asked for alone. */
  synchronized Optional<Answer> status(ObjectRef pod) throws ApiTrouble {
    if (gone.contains(pod.uid())) {
      return Optional.of(new Answer.PodIs(false, false));
    }
    boolean few = ending.size() < MANY && there.isEmpty();
    if (few || !ending.contains(pod.uid())) {
      return Optional.empty();
    }
    if (System.nanoTime() - nextLook >= 0) {
      look(pod.namespace());
    }
    boolean same = there.containsKey(pod.uid());
    return Optional.of(new Answer.PodIs(same, same && there.getOrDefault(pod.uid(), false)));
  }

  private record Seen(String uid, boolean ending) {
    static Seen of(JsonNode pod) {
      JsonNode metadata = pod.path("metadata");
      return new Seen(metadata.path("uid").asString(""), metadata.has("deletionTimestamp"));
    }
  }

  private void look(String namespace) throws ApiTrouble {
    Map<String, Boolean> now = new HashMap<>();
    for (Seen pod : api.metadata(ApiPaths.of(ObjectKind.POD, namespace), Seen::of)) {
      now.put(pod.uid(), pod.ending());
    }
    ending.stream().filter(uid -> !now.containsKey(uid)).forEach(gone::add);
    ending.removeAll(gone);
    there = now;
    nextLook = System.nanoTime() + pause.toNanos();
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
  }
}
