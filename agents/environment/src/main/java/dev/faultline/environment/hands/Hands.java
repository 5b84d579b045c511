package dev.faultline.environment.hands;

import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Carries out actions and puts questions on this machine and over HTTP. */
public final class Hands implements World, AutoCloseable {

  private final Inventory inventory;

  /**
   * Hands for one run. Nothing is started or connected before it is needed.
   *
   * @param place where the run keeps its things
   * @param inventory finds targets
   * @param prometheus where queries go, if anywhere
   * @param expand replaces placeholders in the user's commands and in addresses of load
   * @param env variables for the user's commands, beside the inherited ones
   */
  public Hands(
      RunPlace place,
      Inventory inventory,
      Optional<PrometheusEndpoint> prometheus,
      UnaryOperator<String> expand,
      Map<String, String> env) {
    this.inventory = inventory;
  }

  @Override
  public Facts facts(Target target) {
    return inventory.facts(target);
  }

  @Override
  public Effect apply(Action action) {
    throw new UnsupportedOperationException(action.describe());
  }

  @Override
  public Answer ask(Query query) {
    throw new UnsupportedOperationException(query.text());
  }

  @Override
  public void close() {}
}
