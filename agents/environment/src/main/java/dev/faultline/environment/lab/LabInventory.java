package dev.faultline.environment.lab;

import dev.faultline.environment.hands.Inventory;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Target;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The processes of a lab and of its databases by name; a service is the process of that name. */
final class LabInventory implements Inventory {

  private final TreeMap<String, ProcessInstance> known = new TreeMap<>();
  private final LabLinks links;
  private final Function<String, Optional<ProcessInstance>> running;

  /**
   * An inventory that also speaks of what is not running.
   *
   * @param links who talks to whom
   * @param measured whether the lab has a Prometheus of its own
   * @param running what stands behind a name now, once the lab is started
   */
  LabInventory(
      Lab lab,
      LabLinks links,
      boolean measured,
      Function<String, Optional<ProcessInstance>> running) {
    this.links = links;
    lab.processes()
        .forEach((name, process) -> add(atRest(name, RestartRule.of(process.restart()))));
    lab.databases()
        .forEach((name, database) -> LabDatabases.processes(name, database).forEach(this::add));
    if (measured) {
      add(atRest(Scraping.NAME, RestartRule.NEVER));
    }
    this.running = running;
  }

  @Override
  public Facts facts(Target target) {
    if (target.link().isPresent()) {
      return links.facts(target.link().get());
    }
    List<String> names = target.names().stream().distinct().sorted().toList();
    return new Facts(
        names.stream().flatMap(name -> instance(name).stream()).toList(),
        names.stream().filter(name -> !known.containsKey(name)).toList(),
        List.copyOf(known.keySet()));
  }

  private Optional<Instance> instance(String name) {
    return Optional.ofNullable(known.get(name)).map(rest -> running.apply(name).orElse(rest));
  }

  private void add(ProcessInstance atRest) {
    known.put(atRest.name(), atRest);
  }

  private static ProcessInstance atRest(String name, RestartRule rule) {
    return new ProcessInstance(
        name, Supervisor.ownerOf(name), Optional.empty(), ProcessState.GONE, rule.words());
  }
}
