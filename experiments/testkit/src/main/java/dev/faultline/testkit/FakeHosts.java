package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Other machines, each a world of its own. */
final class FakeHosts {

  private final Map<String, FakeWorld> hosts = new TreeMap<>();

  void add(String name, FakeWorld there) {
    hosts.put(name, there);
  }

  FakeWorld named(String name) {
    FakeWorld host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("no host " + name);
    }
    return host;
  }

  void renew() {
    for (FakeWorld host : hosts.values()) {
      Effect _ = host.apply(new Action.RenewLease());
    }
  }

  List<String> residue() {
    List<String> left = new ArrayList<>();
    hosts.forEach((name, host) -> host.residue().forEach(what -> left.add(name + ": " + what)));
    return left;
  }

  Facts facts(Target target) {
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : target.host()) {
      Facts facts =
          target
              .there()
              .map(there -> named(name).facts(there))
              .orElseGet(() -> new Facts(List.of(new Instance.Here()), List.of(), List.of()));
      facts.instances().forEach(one -> found.add(new Instance.OnHost(name, one)));
      missing.addAll(facts.missing());
    }
    return new Facts(found, missing, List.of());
  }
}
