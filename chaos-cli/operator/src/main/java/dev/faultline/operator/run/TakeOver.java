package dev.faultline.operator.run;

import dev.faultline.environment.kubernetes.ClusterUndo;
import dev.faultline.environment.kubernetes.Remain;
import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.judge.Outcome;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.operator.course.Progress;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import dev.faultline.operator.course.Telling;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes back what the run of a replica that is gone has left, by what the objects of the cluster
 * carry alone, as {@code faultline undo --cluster RUN} does. It is never run again.
 */
record TakeOver(Parts parts, Seen seen, Optional<String> kubeconfig) {

  private static final int TRIES = 24;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Claims it, takes it back and says so; whoever comes second leaves it alone. */
  void go() {
    try {
      Telling telling = new Telling(seen, parts.clock().instant());
      Optional<Seen> claimed = parts.objects().write(seen, telling.undoing(parts.me()));
      if (claimed.isPresent()) {
        parts.figures().takenOver();
        finish(claimed.get());
      }
    } catch (KubernetesClientException away) {
      // Its holder is gone still at the next look.
      parts.figures().trouble();
    }
  }

  private void finish(Seen claimed) {
    Scribe scribe = new Scribe(parts, claimed, new Progress(), _ -> {});
    List<Remain> remains = undo();
    for (int tries = 1; tries < TRIES && !proven(remains) && Parts.pause(AGAIN); tries++) {
      remains = undo();
    }
    boolean proven = proven(remains);
    String words =
        remains.stream()
            .map(remain -> "%s: %s".formatted(remain.what(), remain.words()))
            .collect(Collectors.joining("; "));
    Status last =
        new Telling(claimed, parts.clock().instant())
            .ended(
                claimed.status(),
                proven ? Outcome.HALTED : Outcome.UNDO_NOT_PROVEN,
                "%s; %s"
                    .formatted(
                        claimed.status().message().orElse("its replica is gone"),
                        words.isEmpty() ? "nothing of it was in force" : words));
    parts.figures().ended(last.verdict().orElse(""));
    scribe.conclude(last);
  }

  private List<Remain> undo() {
    Kubernetes place =
        new Kubernetes(
            Optional.empty(),
            Optional.of(seen.key().namespace()),
            kubeconfig,
            Optional.empty(),
            Optional.empty());
    return new ClusterUndo(place, Path.of("")).undo(seen.status().run(), Set.of());
  }

  /** One that is on is not: its lease has not ended yet, or its replica lives after all. */
  private static boolean proven(List<Remain> remains) {
    return remains.stream()
        .noneMatch(remain -> remain.state() == State.LEFT || remain.state() == State.ALIVE);
  }
}
