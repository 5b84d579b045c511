package dev.faultline.model.fault;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault that ends pods; whatever they belong to starts others. A pod is known by its uid: one
 * that has its name by now is never touched.
 */
public sealed interface PodFault extends Fault permits PodKill, PodEvict {

  /** What chooses pods. */
  Set<String> AIMS =
      Set.of(
          "pod", "deployment", "statefulSet", "daemonSet", "service", "labels", "leader", "node");

  /** What a pod takes for its end when nothing else is said. */
  Duration USUAL_GRACE = Duration.ofSeconds(30);

  /** How long a kubelet and the API may take beyond that. */
  Duration ALLOWANCE = Duration.ofSeconds(30);

  /** How long the processes of a pod may take to end; what the pod states when empty. */
  Optional<Duration> grace();

  /** What is done to one pod. */
  Action end(Instance.PodInstance pod);

  @Override
  default boolean instant() {
    return true;
  }

  @Override
  default boolean needsTarget() {
    return true;
  }

  @Override
  default Set<String> aims() {
    return AIMS;
  }

  @Override
  default boolean hits(Instance found) {
    return found instanceof Instance.PodInstance;
  }

  @Override
  default List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.PodInstance pod)) {
      throw new FaultRefused("this fault needs pods of a Kubernetes cluster as its target");
    }
    Pods.refuseTaken(pod);
    Proof gone =
        new Proof(
            new Query.PodStatus(pod.object()),
            new Expectation.PodGone(),
            grace().orElse(USUAL_GRACE).plus(ALLOWANCE));
    return List.of(new Step(end(pod), Optional.of(gone), Optional.empty()));
  }

  @Override
  default List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(
            EndsBy.Layer.INSTANT,
            Optional.of(Duration.ZERO),
            "over at once; whatever the pod belongs to starts another"));
  }
}
