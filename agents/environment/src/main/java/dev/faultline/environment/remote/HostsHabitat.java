package dev.faultline.environment.remote;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.hands.Hands;
import dev.faultline.environment.hands.LocalInventory;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.hands.Seams;
import dev.faultline.environment.hands.Texts;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Hosts.Host;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.node.Children;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Other machines: what is about one of them is done there, and everything else, such as queries of
 * Prometheus, from here. A fuse of a host is called {@code HOST/NAME} among the marks of a run.
 */
public final class HostsHabitat implements Habitat {

  private static final Executor EACH = task -> Thread.ofVirtual().start(task);

  private final Hands here;
  private final Map<String, RemoteHost> hosts = new TreeMap<>();
  private final Children clients = new Children();

  /**
   * A view of the hosts; none is connected to before it is asked for.
   *
   * @param databases those that run already
   */
  public HostsHabitat(
      Hosts hosts,
      Databases databases,
      Optional<PrometheusEndpoint> prometheus,
      RunPlace place,
      Consumer<Sighting> sightings) {
    this.here =
        new Hands(
            place,
            LocalInventory.of(new Local(Map.of()), place.base(), sightings),
            databases,
            prometheus,
            Texts.PLAIN,
            Seams.NONE);
    AgentImage image = new AgentImage(place.cache());
    hosts.machines().forEach((name, host) -> add(name, host, place, ssh(name, host, place, image)));
  }

  private Connector ssh(String name, Host host, RunPlace place, AgentImage image) {
    List<String> argv = SshCommand.of(name, host, place.base(), Delivery.SCRIPT);
    return new Delivery(clients, argv, Map.of(), host.sudo().orElse(false), image);
  }

  private void add(String name, Host host, RunPlace place, Connector connector) {
    hosts.put(name, new RemoteHost(name, place.runId(), host.processes(), connector));
  }

  @Override
  public boolean startsWithRun() {
    return false;
  }

  @Override
  public void prepare() {}

  @Override
  public Facts facts(Target target) {
    if (target.host().isEmpty()) {
      return here.facts(target);
    }
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (String name : target.host()) {
      Optional<RemoteHost> host = Optional.ofNullable(hosts.get(name));
      if (host.isEmpty()) {
        missing.add(name);
      } else if (target.there().isEmpty()) {
        found.add(new Instance.OnHost(name, new Instance.Here()));
      } else {
        Facts there = host.get().facts(target.there().get());
        there.instances().forEach(one -> found.add(new Instance.OnHost(name, one)));
        missing.addAll(there.missing());
        known.addAll(there.known());
      }
    }
    return new Facts(found, missing, known);
  }

  @Override
  public Effect apply(Action action) {
    return switch (action) {
      case Action.OnHost(String host, Action there) -> onHost(host, there);
      case Action.RenewLease _ -> renew(action);
      case Action.EndHolders _ -> everywhere(action);
      case Action.FireFuse(String fuse) when fuse.contains("/") ->
          onHost(hostOf(fuse), new Action.FireFuse(nameOf(fuse)));
      default -> here.apply(action);
    };
  }

  private Effect onHost(String name, Action action) {
    return Optional.ofNullable(hosts.get(name))
        .map(host -> host.apply(action))
        .orElseGet(() -> new Effect.Failed(unknown(name)));
  }

  /** All at the same time, so that a slow one takes no time from the lease of another. */
  private Effect renew(Action renewal) {
    List<CompletableFuture<Effect>> renewed =
        hosts.values().stream()
            .map(host -> CompletableFuture.supplyAsync(host::renew, EACH))
            .toList();
    List<Effect> effects = new ArrayList<>(List.of(here.apply(renewal)));
    renewed.forEach(one -> effects.add(one.join()));
    return effects.stream()
        .filter(Effect.Superseded.class::isInstance)
        .findFirst()
        .or(() -> effects.stream().filter(Effect.Failed.class::isInstance).findFirst())
        .orElseGet(effects::getFirst);
  }

  @Override
  public Answer ask(Query query) {
    return switch (query) {
      case Query.OnHost(String host, Query there) -> onHost(host, there);
      case Query.Marks _ -> marks();
      case Query.FuseStatus(String fuse) when fuse.contains("/") ->
          onHost(hostOf(fuse), new Query.FuseStatus(nameOf(fuse)));
      default -> here.ask(query);
    };
  }

  private Answer onHost(String name, Query query) {
    return Optional.ofNullable(hosts.get(name))
        .map(host -> host.ask(query))
        .orElseGet(() -> new Answer.Unanswered(BlindReason.REFUSED, unknown(name)));
  }

  private static String unknown(String host) {
    return "the environment has no host " + host;
  }

  /** Those of all hosts; unanswered where one host does not answer. */
  private Answer marks() {
    Answer own = here.ask(new Query.Marks());
    if (!(own instanceof Answer.Marked(var ours, var held))) {
      return own;
    }
    List<String> fuses = new ArrayList<>(ours);
    List<String> holders = new ArrayList<>(held);
    for (Map.Entry<String, RemoteHost> host : hosts.entrySet()) {
      Answer there = host.getValue().ask(new Query.Marks());
      if (!(there instanceof Answer.Marked(var theirs, var heldThere))) {
        return there;
      }
      theirs.forEach(fuse -> fuses.add(host.getKey() + "/" + fuse));
      heldThere.forEach(holder -> holders.add(host.getKey() + "/" + holder));
    }
    return new Answer.Marked(fuses, holders);
  }

  /** Everywhere, whatever is wrong with one of them. */
  private Effect everywhere(Action action) {
    List<Effect> effects = new ArrayList<>(List.of(here.apply(action)));
    hosts.values().forEach(host -> effects.add(host.apply(action)));
    return effects.stream()
        .filter(Effect.Failed.class::isInstance)
        .findFirst()
        .orElseGet(effects::getFirst);
  }

  private static String hostOf(String fuse) {
    return fuse.substring(0, fuse.indexOf('/'));
  }

  private static String nameOf(String fuse) {
    return fuse.substring(fuse.indexOf('/') + 1);
  }

  /** Ends the connections, with what is in force behind them; fuses that are armed will act. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> closing =
        hosts.values().stream().map(host -> CompletableFuture.runAsync(host::close, EACH)).toList();
    closing.forEach(CompletableFuture::join);
    here.close();
    clients.close();
  }
}
