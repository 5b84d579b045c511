package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A system of processes on this machine that lives as long as a run.
 *
 * @param processes the processes by name
 * @param databases the databases by name
 * @param prometheus how they are measured
 */
public record Lab(
    Map<String, LabProcess> processes,
    Map<String, LabDatabase> databases,
    Optional<LabPrometheus> prometheus)
    implements Place {

  /** Refuses an empty lab, names that cannot be names, and needs that nobody meets. */
  public Lab {
    processes = Map.copyOf(processes);
    databases = Map.copyOf(databases);
    if (processes.isEmpty() && databases.isEmpty()) {
      throw new InvalidValue("processes", "a lab needs at least one process or database");
    }
    for (String name : new TreeSet<>(databases.keySet())) {
      if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
        throw new InvalidValue("databases/" + name, cannotName(name, "database"));
      }
      if (processes.containsKey(name) || name.equals("prometheus")) {
        throw new InvalidValue(
            "databases/" + name,
            "a process is called '%s' too; call the database otherwise, such as %s-db"
                .formatted(name, name));
      }
    }
    for (Map.Entry<String, LabProcess> process : new TreeMap<>(processes).entrySet()) {
      check(process.getKey());
      checkNeeds(process.getKey(), process.getValue().needs(), names(processes, databases));
    }
  }

  private static void check(String name) {
    if (name.equals("prometheus")) {
      throw new InvalidValue(
          "processes/prometheus", "'prometheus' is the lab's own; call this process otherwise");
    }
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new InvalidValue("processes/" + name, cannotName(name, "process"));
    }
  }

  private static String cannotName(String name, String kind) {
    return "'%s' cannot name a %s: a lower-case letter, then those, digits and '-', 41 in all"
        .formatted(name, kind);
  }

  private static Set<String> names(
      Map<String, LabProcess> processes, Map<String, LabDatabase> databases) {
    Set<String> names = new TreeSet<>(processes.keySet());
    names.addAll(databases.keySet());
    return names;
  }

  private static void checkNeeds(String name, List<String> needs, Set<String> known) {
    for (int i = 0; i < needs.size(); i++) {
      if (!known.contains(needs.get(i))) {
        throw new InvalidValue(
            "processes/%s/needs/%d".formatted(name, i),
            Words.unknown("process", needs.get(i), known));
      }
    }
  }

  /**
   * One process of a lab.
   *
   * <p>In command, environment and health path, {@code ${java}} is the Java that runs Faultline,
   * {@code ${dir}} the folder of the file, {@code ${lab}} the lab's own folder, and {@code
   * ${NAME.PORT}} a port of a process. Of a database there are {@code ${NAME.jdbc}}, its address
   * without a password, {@code ${NAME.user}}, and {@code ${NAME.passwordFile}}.
   *
   * @param command program and arguments; must be given
   * @param env environment variables beside Faultline's own
   * @param ports ports by name: {@code auto} or a number
   * @param health when the process counts as ready; at once when absent
   * @param metrics where Prometheus reads it
   * @param restart what the supervisor does when the process ends
   * @param needs processes and databases that must be ready first
   * @param debian the Debian package that has the program of {@code command}, which is fetched
   *     where the program is not installed; only what is installed when absent
   */
  public record LabProcess(
      List<String> command,
      Map<String, String> env,
      Map<String, Port> ports,
      Optional<Health> health,
      Optional<Metrics> metrics,
      Optional<Restart> restart,
      List<String> needs,
      @Key("package") Optional<String> debian) {

    private static final int LONGEST_PACKAGE = 80;

    /** Refuses an empty command and references to ports that are not there. */
    public LabProcess {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      ports = Map.copyOf(ports);
      needs = List.copyOf(needs);
      if (command.isEmpty()) {
        throw new InvalidValue(
            "command", "'command' is missing: program and arguments, such as [java, -jar, a.jar]");
      }
      String program = command.getFirst();
      debian.ifPresent(name -> checkPackage(name, program));
      Set<String> known = new TreeSet<>(ports.keySet());
      health.map(Health::port).ifPresent(port -> checkPort("health", port, known));
      metrics.map(Metrics::port).ifPresent(port -> checkPort("metrics", port, known));
    }

    private static void checkPackage(String name, String program) {
      if (name.length() > LONGEST_PACKAGE || !name.matches("[a-z0-9][a-z0-9+.-]+")) {
        throw new InvalidValue(
            "package",
            "'%s' is not the name of a package of Debian, such as haproxy".formatted(name));
      }
      if (!program.matches("[A-Za-z0-9][A-Za-z0-9+._-]*")) {
        throw new InvalidValue(
            "package",
            "a package brings a program by its name, and 'command' begins with '%s'; write the name"
                    .formatted(program)
                + " of the program alone, or leave 'package' out");
      }
    }

    private static void checkPort(String of, String port, Set<String> known) {
      if (!known.contains(port)) {
        throw new InvalidValue(
            of + "/port",
            known.isEmpty()
                ? "port '%s' is not there; add 'ports: {%s: auto}'".formatted(port, port)
                : Words.unknown("port", port, known));
      }
    }
  }

  /**
   * A health check by HTTP: any answer of 2xx is healthy.
   *
   * @param http the path
   * @param port name of the port
   * @param within how long the process may take to become healthy; 30s when absent
   */
  public record Health(String http, String port, Optional<Duration> within) {
    /** Requires a path and a port. */
    public Health {
      InvalidValue.required(http, "http");
      InvalidValue.required(port, "port");
    }
  }

  /**
   * Where Prometheus scrapes a process.
   *
   * @param path the path of its metrics
   * @param port name of the port
   */
  public record Metrics(String path, String port) {
    /** Requires a path and a port. */
    public Metrics {
      InvalidValue.required(path, "path");
      InvalidValue.required(port, "port");
    }
  }

  /**
   * What the supervisor does when a process ends.
   *
   * @param policy whether it starts it again
   * @param delay how long it waits first, longer for one that ends again and again; 0s when absent
   */
  public record Restart(RestartPolicy policy, Optional<Duration> delay) {
    /** Requires a policy. */
    public Restart {
      InvalidValue.required(policy, "policy");
    }
  }

  /** When a process is started again. */
  public enum RestartPolicy {
    /** Whenever it ends. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /**
   * How the lab's Prometheus measures.
   *
   * @param scrapeInterval how often it looks; 1s when absent
   */
  public record LabPrometheus(Optional<Duration> scrapeInterval) {}
}
