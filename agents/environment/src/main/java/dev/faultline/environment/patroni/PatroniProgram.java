package dev.faultline.environment.patroni;

import java.util.List;
import java.util.Map;

/**
 * Patroni, ready to be started.
 *
 * @param argv what stands before the name of its file of settings
 * @param environment variables that it needs
 */
record PatroniProgram(List<String> argv, Map<String, String> environment) {
  PatroniProgram {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }
}
