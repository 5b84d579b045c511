package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.time.Duration;
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
