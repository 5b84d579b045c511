package dev.faultline.environment.lab;

import dev.faultline.environment.database.DatabasePlan;
import dev.faultline.environment.hands.Placeholders;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.Health;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.LinkEnds;
import dev.faultline.model.world.NotReady;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A lab with all its placeholders replaced, ready to be started.
 *
 * @param folder the lab's own folder
 * @param ports its ports
 * @param detours the relays on its links
 * @param placeholders what stands for what
 * @param launches the processes by name, each after all that it needs
 * @param databases the databases by name
 * @param metrics where each process that has metrics shows them
 */
record Blueprint(
    Path folder,
    Ports ports,
    Detours detours,
    Placeholders placeholders,
    Map<String, Launch> launches,
    Map<String, DatabasePlan> databases,
    Map<String, URI> metrics) {

  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(30);

  /**
   * Works everything out; touches nothing.
   *
   * @throws NotReady when a placeholder is unknown or processes need each other in a circle
   */
  static Blueprint of(Lab lab, RunPlace place, Ports ports, Detours detours) throws NotReady {
    Path folder = folderOf(place);
    Map<String, DatabasePlan> databases = databases(lab, folder, ports);
    Placeholders placeholders = placeholders(place, lab, ports, detours, databases);
    Map<String, Launch> launches = new LinkedHashMap<>();
    Map<String, URI> metrics = new TreeMap<>();
    for (Map.Entry<String, LabProcess> entry : StartOrder.of(lab).entrySet()) {
      String name = entry.getKey();
      LabProcess process = entry.getValue();
      try {
        Path log = folder.resolve(name + ".log");
        launches.put(
            name,
            new Launch(
                name,
                spec(
                    process,
                    seenBy(name, placeholders, detours, ports),
                    place.base().toAbsolutePath(),
                    new Append(log)),
                log,
                process.health().map(health -> check(name, health, ports, placeholders)),
                RestartRule.of(process.restart()),
                process.needs(),
                process.debian()));
        process
            .metrics()
            .ifPresent(
                shown ->
                    metrics.put(name, address(ports.number(name, shown.port()), shown.path())));
      } catch (IllegalArgumentException wrong) {
        throw new NotReady("process '%s': %s".formatted(name, wrong.getMessage()), wrong);
      }
    }
    return new Blueprint(folder, ports, detours, placeholders, launches, databases, metrics);
  }

  private static Map<String, DatabasePlan> databases(Lab lab, Path folder, Ports ports)
      throws NotReady {
    Map<String, DatabasePlan> databases = new TreeMap<>();
    for (Map.Entry<String, LabDatabase> entry : new TreeMap<>(lab.databases()).entrySet()) {
      String name = entry.getKey();
      for (ProcessInstance process : LabDatabases.processes(name, entry.getValue())) {
        if (lab.processes().containsKey(process.name())) {
          throw new NotReady(
              "process '%s' has the name of a process of the database %s; call it otherwise"
                  .formatted(process.name(), name));
        }
      }
      databases.put(
          name, LabDatabases.plan(name, entry.getValue(), folder.resolve(name), ports::number));
    }
    return databases;
  }

  private static Placeholders placeholders(
      RunPlace place, Lab lab, Ports ports, Detours detours, Map<String, DatabasePlan> databases) {
    Map<String, String> values = new HashMap<>(placeholders(place).values());
    // The ports of databases are theirs: whoever goes past a relay would not be cut off with it.
    ports.numbers().forEach((name, number) -> values.put(name, number.toString()));
    lab.databases()
        .forEach(
            (name, database) -> LabDatabases.portNames(name, database).forEach(values::remove));
    detours.ports().forEach(values::remove);
    databases.values().forEach(database -> values.putAll(database.placeholders()));
    return new Placeholders(values);
  }

  /** What the texts of a lab may speak of before it has any ports. */
  static Placeholders placeholders(RunPlace place) {
    Map<String, String> values = new HashMap<>();
    values.put("java", place.java().toString());
    values.put("dir", place.base().toAbsolutePath().toString());
    values.put("lab", folderOf(place).toString());
    return new Placeholders(values);
  }

  /** What the texts of a process, or of the load, mean: its links may lead over relays. */
  private static Placeholders seenBy(
      String who, Placeholders direct, Detours detours, Ports ports) {
    return new Placeholders(detours.seenBy(who, direct.values(), ports));
  }

  /** What the texts of the load mean. */
  Placeholders seenByLoad() {
    return seenBy(LinkEnds.LOAD, placeholders, detours, ports);
  }

  static Path folderOf(RunPlace place) {
    return place.folder().toAbsolutePath().resolve("lab");
  }

  /** What its processes print. */
  ProcessLogs logs() {
    return new ProcessLogs(Objects.requireNonNull(folder.getParent()));
  }

  private static ChildSpec spec(
      LabProcess process, Placeholders placeholders, Path folder, Append log) {
    Map<String, String> env = new HashMap<>();
    process.env().forEach((key, value) -> env.put(key, placeholders.expand(value)));
    return new ChildSpec(placeholders.expand(process.command()), env, folder, log, log);
  }

  private static HealthCheck check(
      String name, Health health, Ports ports, Placeholders placeholders) {
    return new HealthCheck(
        address(ports.number(name, health.port()), placeholders.expand(health.http())),
        health.within().orElse(HEALTHY_WITHIN));
  }

  private static URI address(int port, String path) {
    if (!path.startsWith("/")) {
      throw new InvalidValue("the path '%s' does not start with '/'".formatted(path));
    }
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
