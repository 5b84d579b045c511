package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import java.util.Map;
import java.util.Optional;

/**
 * Processes that run on this machine and that Faultline did not start.
 *
 * @param processes how each is found, by the name that targets use
 */
public record Local(Map<String, LocalProcess> processes) implements Place {

  /** Keeps the map unchangeable. */
  public Local {
    processes = Map.copyOf(processes);
  }

  /**
   * How a process is found.
   *
   * @param pidFile file that holds its number
   */
  public record LocalProcess(Optional<String> pidFile) {
    /** Requires a way to find it. */
    public LocalProcess {
      if (pidFile.isEmpty()) {
        throw new InvalidValue("pidFile", "'pidFile' is missing: it says how the process is found");
      }
    }
  }
}
