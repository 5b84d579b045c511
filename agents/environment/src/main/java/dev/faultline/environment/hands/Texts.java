package dev.faultline.environment.hands;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the user's texts mean in an environment.
 *
 * @param commands replaces placeholders in commands
 * @param load replaces placeholders in addresses of load
 * @param env variables for commands, beside the inherited ones
 */
public record Texts(
    UnaryOperator<String> commands, UnaryOperator<String> load, Map<String, String> env) {

  /** Texts that mean what they say. */
  public static final Texts PLAIN =
      new Texts(UnaryOperator.identity(), UnaryOperator.identity(), Map.of());

  /** Keeps the variables unchangeable. */
  public Texts {
    env = Map.copyOf(env);
  }
}
