package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkEnds;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Links whose traffic, where there is any, meets each disturbance exactly as asked. */
final class FakeLinks {

  private record Link(Instance.LinkInstance instance, boolean traffic) {}

  private final Map<String, Link> links = new TreeMap<>();
  private final Map<String, Action.DisturbLink> inForce = new TreeMap<>();

  void add(String from, String to, boolean traffic) {
    String name = from + "->" + to;
    links.put(
        name,
        new Link(
            new Instance.LinkInstance(name, "link " + name, from, to, Optional.of("http")),
            traffic));
  }

  Facts facts(LinkEnds ends) {
    List<Instance> found = new ArrayList<>();
    links.values().stream()
        .map(Link::instance)
        .filter(link -> ends.matches(link.from(), link.to()))
        .forEach(found::add);
    return new Facts(
        found, found.isEmpty() ? List.of(ends.words()) : List.of(), List.copyOf(links.keySet()));
  }

  Effect disturb(Action.DisturbLink order) {
    if (!links.containsKey(order.link())) {
      return new Effect.Failed("no link " + order.link());
    }
    inForce.put(order.link() + " " + order.name(), order);
    return new Effect.Done("in force");
  }

  Effect restore(Action.RestoreLink order) {
    inForce.remove(order.link() + " " + order.name());
    return new Effect.Done("over");
  }

  Answer status(Query.LinkStatus query) {
    boolean disturbed = inForce.containsKey(query.link() + " " + query.name());
    Link link = links.get(query.link());
    boolean traffic = link != null && link.traffic() && disturbed;
    Duration delay =
        query.what() instanceof Disturbance.Latency latency
            ? latency.delay()
            : Duration.ofMillis(5);
    return new Answer.LinkIs(
        query.what(),
        traffic
            ? new LinkReading(true, 9, 900, 9, 9, 900, delay, delay, delay)
            : new LinkReading(
                disturbed, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  List<String> residue() {
    return inForce.keySet().stream().map("disturbed "::concat).toList();
  }
}
