package dev.faultline.environment.hands;

import dev.faultline.environment.packet.Networks;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.node.ProcessIdentity;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds processes by their pid files, which are read anew each time. */
public record LocalInventory(
    Map<String, LocalProcess> processes, Path base, Consumer<Sighting> sightings)
    implements Inventory {

  /**
   * Finds what is declared.
   *
   * @param base the folder that relative paths start from
   * @param sightings hears of pid files that cannot be used
   */
  public static LocalInventory of(Local local, Path base, Consumer<Sighting> sightings) {
    return new LocalInventory(new TreeMap<>(local.processes()), base, sightings);
  }

  @Override
  public Facts facts(Target target) {
    if (target.link().isPresent()) {
      return new Facts(List.of(), List.of(target.link().get().words()), List.of());
    }
    List<Instance> instances = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : new TreeSet<>(target.names())) {
      LocalProcess process = processes.get(name);
      if (process == null) {
        missing.add(name);
      } else {
        instances.add(instance(name, process.pidFile().orElseThrow()));
      }
    }
    return new Facts(instances, missing, List.copyOf(processes.keySet()));
  }

  private Instance instance(String name, String pidFile) {
    String owner = "pid file " + pidFile;
    try {
      Optional<ProcessIdentity> process = new PidFile(base.resolve(pidFile)).process();
      return new ProcessInstance(
          name,
          owner,
          process.map(found -> new ProcessRef(name, found.text())),
          process.map(Processes::state).orElse(ProcessState.GONE),
          Optional.empty(),
          process.map(found -> Networks.of(new ProcessRef(name, found.text()), found.pid())));
    } catch (PidFileException | UncheckedIOException unusable) {
      sightings.accept(
          new Sighting(
              Sighting.Kind.NOTE,
              "pid file",
              "%s cannot be found: %s".formatted(name, unusable.getMessage())));
      return new ProcessInstance(
          name, owner, Optional.empty(), ProcessState.GONE, Optional.empty());
    }
  }
}
