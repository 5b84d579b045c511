package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.fault.Http;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkEnds;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Traffic;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the links that a network fault names in a lab. */
record LinkTargets(World world, EnvironmentSpec environment) {

  /**
   * The links, each once.
   *
   * @throws Unplannable when the environment has no such link, or none at all
   */
  List<Instance> of(FaultStep step) throws Unplannable {
    refusePackets(step);
    List<Instance> found = new ArrayList<>();
    for (LinkEnds ends : step.target().orElseThrow().links()) {
      refuseNamedDatabase(step, ends);
      Facts facts = world.facts(Target.link(ends));
      if (facts.instances().isEmpty()) {
        throw unplannable(step, noLink(ends, facts.known()));
      }
      List<Instance> onPort = onPort(step, facts.instances());
      refuseHttpOfDatabase(step, onPort);
      onPort.stream().filter(link -> !found.contains(link)).forEach(found::add);
    }
    return found;
  }

  private static void refusePackets(FaultStep step) throws Unplannable {
    Target target = step.target().orElseThrow();
    if (!target.netns().isEmpty()) {
      throw unplannable(
          step,
          "a lab has links; for the packets of %s take an environment with 'local: {}'"
              .formatted(target.words()));
    }
    List<String> keys = step.traffic().map(Traffic::packetKeys).orElse(List.of());
    if (!keys.isEmpty()) {
      throw unplannable(
          step,
          "'%s' chooses packets, and the relay on a link sees none; remove it"
              .formatted(keys.getFirst()));
    }
  }

  private static void refuseHttpOfDatabase(FaultStep step, List<Instance> links)
      throws Unplannable {
    for (Instance link : links) {
      if (step.fault() instanceof Http && portOf(link).isEmpty()) {
        throw unplannable(
            step, "%s is no link of HTTP: it leads to a database".formatted(link.name()));
      }
    }
  }

  private void refuseNamedDatabase(FaultStep step, LinkEnds ends) throws Unplannable {
    for (String name : ends.names().toList()) {
      if (environment.databases().containsKey(name)) {
        throw unplannable(
            step,
            "%s runs already, and no relay stands before it; network faults reach databases that"
                    .formatted(name)
                + " the lab starts");
      }
    }
  }

  private static String noLink(LinkEnds ends, List<String> known) {
    String all =
        known.isEmpty()
            ? "there is no link in this lab: no process is told the port of another as ${NAME.PORT}"
            : "links are " + String.join(", ", known);
    TreeSet<String> names = new TreeSet<>();
    known.forEach(link -> names.addAll(List.of(link.replaceAll("\\..*", "").split("->"))));
    for (String name : ends.names().toList()) {
      if (!names.contains(name)) {
        return "%s is no end of any link%s; %s"
            .formatted(
                name,
                Words.nearest(name, names)
                    .map(near -> ", did you mean %s?".formatted(near))
                    .orElse(""),
                all);
      }
    }
    return "%s do not talk: %s is not told a port of %s as ${%s.PORT}; %s"
        .formatted(
            String.join(" and ", ends.names().toList()),
            ends.from().orElse("nobody"),
            ends.to().orElse("another"),
            ends.to().orElse("NAME"),
            all);
  }

  private static List<Instance> onPort(FaultStep step, List<Instance> links) throws Unplannable {
    Optional<String> port = step.traffic().flatMap(Traffic::port).map(PortName::text);
    if (port.isEmpty()) {
      return links;
    }
    List<Instance> chosen = links.stream().filter(link -> portOf(link).equals(port)).toList();
    if (chosen.isEmpty()) {
      TreeSet<String> ports = new TreeSet<>();
      links.forEach(link -> portOf(link).ifPresent(ports::add));
      throw unplannable(
          step,
          ports.isEmpty()
              ? "a link to a database has no named port; remove 'port'"
              : Words.unknown("port", port.get(), ports));
    }
    return chosen;
  }

  private static Optional<String> portOf(Instance instance) {
    return instance instanceof Instance.LinkInstance link ? link.port() : Optional.empty();
  }

  private static Unplannable unplannable(FaultStep step, String why) {
    return new Unplannable(Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), why));
  }
}
