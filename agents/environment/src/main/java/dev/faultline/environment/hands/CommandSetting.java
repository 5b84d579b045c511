package dev.faultline.environment.hands;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the user's programs find around them, whoever starts them.
 *
 * @param directory the absolute working directory
 * @param environment variables beside the inherited ones
 * @param expand replaces placeholders in arguments
 */
record CommandSetting(
    Path directory, Map<String, String> environment, UnaryOperator<String> expand) {

  CommandSetting {
    environment = Map.copyOf(environment);
  }

  static CommandSetting of(
      RunPlace place, UnaryOperator<String> expand, Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("FAULTLINE_RUN", place.runId());
    return new CommandSetting(place.base().toAbsolutePath(), all, expand);
  }

  /**
   * The arguments without placeholders.
   *
   * @throws IllegalArgumentException when a placeholder stands for nothing
   */
  List<String> argv(List<String> written) {
    return written.stream().map(expand).toList();
  }
}
