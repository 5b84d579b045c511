package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Processes that run on this machine and that Faultline did not start.
 *
 * @param processes how each is found, by the name that targets use
 * @param values what {@code ${NAME}} stands for in addresses and commands of experiments, by name;
 *     where there are none, texts mean what they say
 */
public record Local(Map<String, LocalProcess> processes, Map<String, String> values)
    implements Place {

  /** Processes alone. */
  public Local(Map<String, LocalProcess> processes) {
    this(processes, Map.of());
  }

  /** Refuses names that cannot be names. */
  public Local {
    processes = Map.copyOf(processes);
    values = Map.copyOf(values);
    for (String name : new TreeSet<>(processes.keySet())) {
      if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}")) {
        throw new InvalidValue(
            "processes/" + name,
            "'%s' cannot name a process: letters, digits, '-', '_', '.', 63 in all"
                .formatted(name));
      }
    }
  }

  /**
   * How a process is found.
   *
   * @param pidFile file that holds its number; must be given; a path starts at the folder of the
   *     environment's file
   */
  public record LocalProcess(Optional<String> pidFile) {
    /** Requires a way to find it. */
    public LocalProcess {
      if (pidFile.isEmpty()) {
        throw new InvalidValue("'pidFile' is missing: it says how the process is found");
      }
    }
  }
}
