package dev.faultline.environment.lab;

import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.world.NotReady;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The order that the needs of processes ask for. */
final class StartOrder {

  private final Map<String, LabProcess> processes;
  private final Map<String, LabProcess> order = new LinkedHashMap<>();

  private StartOrder(Map<String, LabProcess> processes) {
    this.processes = processes;
  }

  /**
   * The processes such that each comes after all that it needs.
   *
   * @throws NotReady when processes need each other in a circle
   */
  static Map<String, LabProcess> of(Lab lab) throws NotReady {
    StartOrder start = new StartOrder(new TreeMap<>(lab.processes()));
    for (String name : start.processes.keySet()) {
      start.place(name, List.of());
    }
    return Collections.unmodifiableMap(start.order);
  }

  private void place(String name, List<String> path) throws NotReady {
    LabProcess process = processes.get(name);
    if (process == null || order.containsKey(name)) {
      return;
    }
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    if (path.contains(name)) {
      throw new NotReady(
          "processes need each other in a circle: %s; take one of these out of 'needs'"
              .formatted(String.join(" → ", longer.subList(path.indexOf(name), longer.size()))));
    }
    for (String need : process.needs()) {
      place(need, longer);
    }
    order.put(name, process);
  }
}
