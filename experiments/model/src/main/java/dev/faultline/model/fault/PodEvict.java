package dev.faultline.model.fault;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.Optional;

/**
 * Evicts pods, as a drained node does: a disruption budget that forbids it is respected, and the
 * fault then has no effect.
 *
 * @param grace how long their processes may take to end, in whole seconds, at most 1h; what each
 *     pod states when absent
 */
public record PodEvict(Optional<Duration> grace) implements PodFault {

  /** Refuses a grace that nobody would wait for. */
  public PodEvict {
    Pods.checkGrace(grace);
  }

  @Override
  public Action end(Instance.PodInstance pod) {
    return new ClusterAction.EvictPod(pod.object(), pod.owner(), grace);
  }

  @Override
  public String words() {
    return "evict pods" + Pods.words(grace);
  }
}
