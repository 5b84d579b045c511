package dev.faultline.environment.lab;

import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.Port;
import dev.faultline.model.world.NotReady;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The ports of a lab, which stay the same as long as it lives.
 *
 * @param numbers by {@code process.port}, and those of databases and relays by names of their own
 * @param chosen the names of those that the lab chose
 */
record Ports(Map<String, Integer> numbers, Set<String> chosen) {

  /** Where the lab's own Prometheus listens. */
  static final String PROMETHEUS = "prometheus.http";

  private static final int TRIES = 10_000;

  Ports {
    numbers = Map.copyOf(numbers);
    chosen = Set.copyOf(chosen);
  }

  /**
   * Takes the fixed ports and chooses the others.
   *
   * @throws NotReady when a fixed port is taken, or named twice
   */
  static Ports choose(Lab lab, Detours detours, RandomGenerator random) throws NotReady {
    Map<String, Port> wanted = new TreeMap<>();
    for (Map.Entry<String, LabProcess> process : lab.processes().entrySet()) {
      process
          .getValue()
          .ports()
          .forEach((name, port) -> wanted.put(process.getKey() + "." + name, port));
    }
    lab.databases()
        .forEach(
            (name, database) ->
                LabDatabases.portNames(name, database)
                    .forEach(port -> wanted.put(port, new Port(0))));
    detours.ports().forEach(port -> wanted.put(port, new Port(0)));
    wanted.put(PROMETHEUS, new Port(0));
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, Port> port : wanted.entrySet()) {
      if (!port.getValue().isAuto()) {
        int number = port.getValue().number();
        requireUnused(port.getKey(), number, numbers);
        numbers.put(port.getKey(), number);
      }
    }
    Set<String> chosen = new HashSet<>(wanted.keySet());
    chosen.removeAll(numbers.keySet());
    for (String name : chosen) {
      numbers.put(name, another(numbers, random));
    }
    return new Ports(numbers, chosen);
  }

  int number(String process, String port) {
    return number(process + "." + port);
  }

  int number(String name) {
    return numbers.getOrDefault(name, 0);
  }

  /** Whether somebody holds a port that the lab chose; meaningful while the lab is down. */
  boolean isChosenOneTaken() {
    return chosen.stream().anyMatch(name -> !FreePorts.isFree(numbers.getOrDefault(name, 0)));
  }

  private static void requireUnused(String name, int number, Map<String, Integer> numbers)
      throws NotReady {
    for (Map.Entry<String, Integer> other : numbers.entrySet()) {
      if (other.getValue() == number) {
        throw new NotReady(
            "port %d is both %s and %s: give one of them another number, or auto"
                .formatted(number, other.getKey(), name));
      }
    }
    if (!FreePorts.isFree(number)) {
      throw new NotReady(
          "port %d, wanted for %s, is taken%s: end what holds it, or write auto"
              .formatted(
                  number,
                  name,
                  PortHolder.of(number).map(holder -> " by " + holder.words()).orElse("")));
    }
  }

  private static int another(Map<String, Integer> numbers, RandomGenerator random) throws NotReady {
    FreePorts ports = FreePorts.ofThisMachine();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int number = ports.any(random);
      if (!numbers.containsValue(number) && FreePorts.isFree(number)) {
        return number;
      }
    }
    throw new NotReady("no free port between %d and %d".formatted(ports.first(), ports.last()));
  }
}
