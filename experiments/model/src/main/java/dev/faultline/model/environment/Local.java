package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

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
   * How a process is found: by one of these. Those of Faultline itself, and those that it was
   * started from, are never meant.
   *
   * @param pidFile file that holds its number; a path starts at the folder of the environment's
   *     file
   * @param name name of its program: the last part of its first argument, or the name that the
   *     kernel has for it (15 letters at most)
   * @param port TCP port that it listens on, in the network of Faultline, from 1 to 65535
   * @param unit unit of systemd that it belongs to; {@code .service} when it has no ending
   * @param cgroup control group that it is in, or below; its path, from the root on
   */
  public record LocalProcess(
      Optional<String> pidFile,
      Optional<String> name,
      Optional<Integer> port,
      Optional<String> unit,
      Optional<String> cgroup) {

    private static final String WAYS = "'pidFile', 'name', 'port', 'unit' or 'cgroup'";

    /** Requires one way to find it, and one that can find something. */
    public LocalProcess {
      long ways = Stream.of(pidFile, name, port, unit, cgroup).filter(Optional::isPresent).count();
      if (ways != 1) {
        throw new InvalidValue(
            ways == 0
                ? WAYS + " is missing: it says how the process is found"
                : "only one of %s can say how the process is found".formatted(WAYS));
      }
      require("name", name, "[^/\\s]+", "is no name of a program: it has no blanks and no '/'");
      require("unit", unit, "[\\w.@:\\\\-]+", "is no name of a unit of systemd");
      require("cgroup", cgroup, "(/[^/\\s]+)+", "is no path of a control group, such as /shop/api");
      if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
        throw new InvalidValue("port", "'port' must be from 1 to 65535");
      }
    }

    private static void require(String key, Optional<String> value, String form, String why) {
      if (value.isPresent() && !value.get().matches(form)) {
        throw new InvalidValue(key, "'%s' %s".formatted(value.get(), why));
      }
    }

    /** One that a file with its number finds. */
    public static LocalProcess ofPidFile(String file) {
      return new LocalProcess(
          Optional.of(file),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** In the words of a plan. */
    public String words() {
      return pidFile
          .map(file -> "pid file " + file)
          .or(() -> name.map(program -> "program " + program))
          .or(() -> port.map(number -> "port " + number))
          .or(() -> unit.map(service -> "unit " + service))
          .or(() -> cgroup.map(path -> "control group " + path))
          .orElseThrow();
    }
  }
}
