package dev.faultline.app.standing;

import dev.faultline.engine.file.LoadedEnvironment;
import dev.faultline.engine.file.Writer;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.environment.lab.Standing;
import dev.faultline.model.document.Document;
import dev.faultline.model.document.Environment;
import dev.faultline.model.document.Metadata;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Selector;
import dev.faultline.model.world.Target;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A lab that stands, as an environment of processes that run already: each is found by a file with
 * its number, which follows its restarts. Its links have no relays, so nothing on them can be
 * disturbed.
 */
public final class StandingLab {

  private final LoadedEnvironment environment;
  private final Lab lab;
  private final LabHabitat habitat;
  private final Standing standing;
  private final Map<String, Long> told = new HashMap<>();

  /** Describes a lab that has been prepared. */
  public StandingLab(LoadedEnvironment environment, LabHabitat habitat) {
    this.environment = environment;
    this.lab = (Lab) environment.spec().place();
    this.habitat = habitat;
    this.standing = habitat.standing().orElseThrow();
  }

  /** Where each part is reached, by name, for people. */
  public Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    lab.processes()
        .forEach(
            (name, process) ->
                process
                    .ports()
                    .keySet()
                    .forEach(port -> addresses.put(name + "." + port, address(name + "." + port))));
    databases()
        .forEach((name, database) -> database.jdbc().ifPresent(jdbc -> addresses.put(name, jdbc)));
    standing
        .prometheus()
        .map(PrometheusEndpoint::address)
        .ifPresent(url -> addresses.put("prometheus", url));
    return addresses;
  }

  private String address(String port) {
    return "127.0.0.1:" + standing.values().getOrDefault(port, "");
  }

  /** Writes the files by which it is found. */
  public void write(StandingFolder folder) throws IOException {
    follow(folder);
    Map<String, LocalProcess> processes = new TreeMap<>();
    for (String name : processes().known()) {
      processes.put(name, LocalProcess.ofPidFile(folder.pidFile(name).toString()));
    }
    EnvironmentSpec spec =
        new EnvironmentSpec(
            new Local(processes, standing.values()),
            standing.prometheus(),
            environment.spec().load(),
            databases());
    Environment document =
        new Environment(
            Document.API_VERSION,
            "Environment",
            new Metadata(environment.name(), Map.of(), Map.of()),
            spec);
    folder.put(folder.environment(), new Writer().write(document));
  }

  /** Writes the numbers of processes that have been started anew. */
  public void follow(StandingFolder folder) throws IOException {
    for (Instance instance : processes().instances()) {
      if (instance instanceof ProcessInstance process && process.process().isPresent()) {
        long pid = pid(process.process().get());
        Long before = told.put(process.name(), pid);
        if (before == null || before != pid) {
          folder.put(folder.pidFile(process.name()), pid + "\n");
        }
      }
    }
  }

  private Facts processes() {
    Facts some = habitat.facts(process(List.of("any")));
    return some.known().isEmpty() ? some : habitat.facts(process(some.known()));
  }

  private static Target process(List<String> names) {
    return Target.of(new Selector.Process(names));
  }

  private static long pid(ProcessRef process) {
    return ProcessIdentity.parse(process.identity()).pid();
  }

  private Map<String, Database> databases() {
    Map<String, Database> databases = new TreeMap<>();
    for (String name : lab.databases().keySet()) {
      Optional.ofNullable(standing.values().get(name + ".jdbc"))
          .ifPresent(
              jdbc ->
                  databases.put(
                      name,
                      new Database(
                          jdbc,
                          Optional.ofNullable(standing.values().get(name + ".user")),
                          Optional.ofNullable(standing.values().get(name + ".passwordFile")),
                          Optional.empty())));
    }
    return databases;
  }
}
