package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes pods. No disruption budget is asked.
 *
 * @param grace how long their processes may take to end, in whole seconds, at most 1h; what each
 *     pod states when absent
 * @param force whether they are taken from the API at once, without grace; {@code false} when
 *     absent
 */
public record PodKill(Optional<Duration> grace, Optional<Boolean> force) implements PodFault {

  /** Refuses a grace for what has none. */
  public PodKill {
    Pods.checkGrace(grace);
    if (force.orElse(false) && grace.isPresent()) {
      throw new InvalidValue("grace", "'force' leaves no grace; remove one of them");
    }
  }

  @Override
  public Action end(Instance.PodInstance pod) {
    return new ClusterAction.DeletePod(pod.object(), pod.owner(), lastGrace());
  }

  private Optional<Duration> lastGrace() {
    return force.orElse(false) ? Optional.of(Duration.ZERO) : grace;
  }

  @Override
  public String words() {
    return force.orElse(false) ? "kill pods at once" : "kill pods" + Pods.words(grace);
  }
}
