package dev.faultline.model.world;

/**
 * The port to the world. Every method may be called from any thread, returns within the timeouts of
 * its argument or a few seconds, and reports failure as a value.
 */
public interface World {

  /** What a target stands for at this moment. */
  Facts facts(Target target);

  /** Changes the world. */
  Effect apply(Action action);

  /** Asks the world. */
  Answer ask(Query query);
}
