package dev.faultline.model.world;

import java.util.List;

/**
 * The port to the world. Every method may be called from any thread, returns within the timeouts of
 * its argument or a few seconds, and reports failure as a value.
 */
public interface World {

  /** What a target stands for at this moment. */
  Facts facts(Target target);

  /** Changes the world. */
  Effect apply(Action action);

  /**
   * Carries out actions of which none waits for another: one by one, unless the world can do
   * better.
   *
   * @return what came of each, in their order
   */
  default List<Effect> applyAll(List<Action> actions) {
    return actions.stream().map(this::apply).toList();
  }

  /** Asks the world. */
  Answer ask(Query query);

  /**
   * Asks questions of which none waits for another: one by one, unless the world can do better.
   *
   * @return the answer to each, in their order
   */
  default List<Answer> askAll(List<Query> queries) {
    return queries.stream().map(this::ask).toList();
  }
}
