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

/**
 * Finds processes, anew each time. Where several are found, each has its number behind the name.
 */
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
      if (processes.containsKey(name)) {
        instances.addAll(named(name));
      } else {
        missing.add(name);
      }
    }
    return new Facts(instances, missing, List.copyOf(processes.keySet()));
  }

  /**
   * What a name stands for at this moment: at least one, be it one that does not run.
   *
   * @throws IllegalArgumentException when nothing has this name
   */
  public List<ProcessInstance> named(String name) {
    LocalProcess process =
        Optional.ofNullable(processes.get(name))
            .orElseThrow(() -> new IllegalArgumentException("no process is called " + name));
    List<ProcessIdentity> found =
        process.pidFile().isPresent()
            ? byFile(name, process.pidFile().get()).stream().toList()
            : FoundProcesses.of(process);
    return switch (found.size()) {
      case 0 ->
          List.of(
              new ProcessInstance(
                  name, process.words(), Optional.empty(), ProcessState.GONE, Optional.empty()));
      case 1 -> List.of(instance(name, process.words(), found.getFirst()));
      default ->
          found.stream()
              .map(one -> instance(name + "-" + one.pid(), process.words(), one))
              .toList();
    };
  }

  private Optional<ProcessIdentity> byFile(String name, String pidFile) {
    try {
      return new PidFile(base.resolve(pidFile)).process();
    } catch (PidFileException | UncheckedIOException unusable) {
      sightings.accept(
          new Sighting(
              Sighting.Kind.NOTE,
              "pid file",
              "%s cannot be found: %s".formatted(name, unusable.getMessage())));
      return Optional.empty();
    }
  }

  private static ProcessInstance instance(String name, String owner, ProcessIdentity process) {
    ProcessRef ref = new ProcessRef(name, process.text());
    return new ProcessInstance(
        name,
        owner,
        Optional.of(ref),
        Processes.state(process),
        Optional.empty(),
        Optional.of(Networks.of(ref, process.pid())));
  }
}
