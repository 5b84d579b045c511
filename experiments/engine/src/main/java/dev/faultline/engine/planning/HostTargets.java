package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds targets on other machines. What could be meant on two of them is refused. */
final class HostTargets {

  private static final List<String> KINDS = List.of("service", "process", "netns", "host");

  private final World world;
  private final Hosts hosts;
  private final FaultStep step;

  HostTargets(World world, Hosts hosts, FaultStep step) {
    this.world = world;
    this.hosts = hosts;
    this.step = step;
  }

  /**
   * What the target of the fault stands for.
   *
   * @throws Unplannable when a host is not known or cannot be reached, when nothing of a name is
   *     there, or more than one
   */
  List<Instance> found() throws Unplannable {
    Target target = step.target().orElseThrow();
    requireKind(target);
    List<Instance> found = new ArrayList<>();
    for (Map.Entry<String, Target> there : byHost(target).entrySet()) {
      requireReached(there.getKey());
      Facts facts = world.facts(there.getValue().on(there.getKey()));
      if (!facts.missing().isEmpty()) {
        throw notReady(
            "on %s: %s"
                .formatted(
                    there.getKey(),
                    Words.unknown(
                        "target", facts.missing().getFirst(), new TreeSet<>(facts.known()))));
      }
      found.addAll(facts.instances());
    }
    return found;
  }

  private void requireKind(Target target) throws Unplannable {
    if (!KINDS.contains(target.kind())) {
      throw notReady("hosts have no %s that a fault could disturb".formatted(target.kind()));
    }
  }

  private Map<String, Target> byHost(Target target) throws Unplannable {
    Map<String, Target> byHost = new TreeMap<>();
    for (String host : target.host()) {
      if (!hosts.machines().containsKey(host)) {
        throw notReady(Words.unknown("host", host, hosts.names()));
      }
      byHost.put(host, target);
    }
    if (byHost.isEmpty()) {
      for (String name : target.names()) {
        byHost.merge(hostOf(target, name), target.only(name), Target::and);
      }
    }
    return byHost;
  }

  /** Network namespaces are not declared, so that nobody knows where one of them is. */
  private String hostOf(Target target, String name) throws Unplannable {
    boolean declared = !target.kind().equals("netns");
    List<String> having = declared ? hosts.having(name) : hosts.names();
    if (having.isEmpty()) {
      TreeSet<String> known = new TreeSet<>();
      hosts.machines().values().forEach(host -> known.addAll(host.processes().keySet()));
      throw notReady(Words.unknown("target", name, known));
    }
    if (having.size() > 1) {
      throw notReady(
          "%s %s can be on %s; say where, such as 'host: %s'"
              .formatted(target.kind(), name, String.join(", ", having), having.getFirst()));
    }
    return having.getFirst();
  }

  private void requireReached(String host) throws Unplannable {
    if (world.ask(new Query.OnHost(host, new Query.Marks())) instanceof Answer.Unanswered none) {
      throw notReady("host %s: %s: %s".formatted(host, none.reason().words(), none.detail()));
    }
  }

  private Unplannable notReady(String why) {
    return new Unplannable(Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), why));
  }
}
