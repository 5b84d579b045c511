package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What faults of pods ask of their parameters. */
final class Pods {

  private static final Duration LONGEST = Duration.ofHours(1);

  private Pods() {}

  /** Refuses a grace that the API cannot be told, or that nobody would wait for. */
  static void checkGrace(Optional<Duration> grace) {
    if (grace.isPresent()
        && (grace.get().toMillisPart() != 0 || grace.get().compareTo(LONGEST) > 0)) {
      throw new InvalidValue("grace", "'grace' must be whole seconds, at most 1h");
    }
  }

  /** Refuses what cannot be the name of a container. */
  static void checkContainer(Optional<String> container) {
    if (!container.orElse("a").matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue(
          "container", "'%s' cannot name a container".formatted(container.get()));
    }
  }

  /**
   * The container that is meant: the one that is named, or the only one there is.
   *
   * @param owner what has them, in words
   * @throws FaultRefused when there is no such one, or none is named of several
   */
  static String containerOf(Optional<String> named, List<String> there, String owner) {
    if (named.isEmpty() && there.size() == 1) {
      return there.getFirst();
    }
    return named
        .filter(there::contains)
        .orElseThrow(
            () ->
                new FaultRefused(
                    "which container of %s is meant? It has %s; name one with 'container'"
                        .formatted(owner, String.join(", ", there))));
  }

  /**
   * Refuses a pod of what another run disturbs.
   *
   * @throws FaultRefused in words
   */
  static void refuseTaken(Instance.PodInstance pod) {
    pod.workload()
        .taken()
        .ifPresent(
            why -> {
              throw new FaultRefused("%s cannot be disturbed: %s".formatted(pod.owner(), why));
            });
  }

  static String words(Optional<Duration> grace) {
    return grace.map(time -> " (grace %d s)".formatted(time.toSeconds())).orElse("");
  }
}
