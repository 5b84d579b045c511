package dev.faultline.model.route;

import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * The pods of a canary come with its traffic: before each step its Deployment has as many as its
 * part of the traffic takes, and on the way back as many as it had.
 *
 * @param deployment the Deployment whose pods serve the canary, in the namespace of the
 *     environment, with any number of pods, such as none; must be given
 * @param pods how many it has when all traffic goes to it, from 1 to 1000; must be given
 * @param least how many it has as soon as anything goes to it, from 1 to {@code pods}; 1 when
 *     absent
 */
public record Scaled(String deployment, Integer pods, Optional<Integer> least) {

  private static final int MOST = 1000;

  /** A part that people write, such as 33.3% of 3 pods, needs no pod more for its rounding. */
  private static final double ROUNDING = 1e-6;

  /** Requires a Deployment, and a number of pods. */
  public Scaled {
    Weighted.named(deployment, "deployment");
    InvalidValue.required(pods, "pods");
    if (pods < 1 || pods > MOST) {
      throw new InvalidValue("pods", "'pods' must be from 1 to 1000");
    }
    if (least.isPresent() && (least.get() < 1 || least.get() > pods)) {
      throw new InvalidValue(
          "least", "'least' must be from 1 to %d, as many as there are of 'pods'".formatted(pods));
    }
  }

  /**
   * How many pods a part of the traffic takes.
   *
   * @param part from 0 to 1; 0 where it is not known, as that of requests that match something
   */
  public int of(double part) {
    return Math.max(least.orElse(1), (int) Math.ceil(part * pods - ROUNDING));
  }
}
