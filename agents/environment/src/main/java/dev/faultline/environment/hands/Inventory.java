package dev.faultline.environment.hands;

import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Target;

/** Finds targets by name. */
@FunctionalInterface
public interface Inventory {

  /** What a target stands for at this moment. */
  Facts facts(Target target);
}
