package dev.faultline.environment.lab;

import dev.faultline.environment.hands.Links;
import dev.faultline.environment.link.HttpTap;
import dev.faultline.environment.link.StreamTap;
import dev.faultline.environment.link.Tap;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Query;
import dev.faultline.node.http.HttpRelay;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.relay.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The relays of a lab that runs, by the links on which they stand. Thread-safe. */
final class LinkRelays implements Links, AutoCloseable {

  private final Map<String, List<Tap>> taps = new ConcurrentHashMap<>();
  private final List<Tap> own = new CopyOnWriteArrayList<>();
  private final LabGuard guard = new LabGuard();
  private final Function<String, List<Relay>> replications;

  /**
   * No relay stands yet.
   *
   * @param replications the relays that a database of the lab has between its nodes, by the name of
   *     the link
   */
  LinkRelays(Function<String, List<Relay>> replications) {
    this.replications = replications;
  }

  /**
   * Lets the relays listen, on the loopback address only; whom they pass on to need not be there
   * yet.
   *
   * @throws IOException when a port cannot be had
   */
  void open(Detours detours, Ports ports) throws IOException {
    for (Detours.Detour detour : detours.all()) {
      InetSocketAddress listen = here(ports.number(detour.port()));
      InetSocketAddress target = here(ports.number(detour.target()));
      Tap tap =
          detour.http()
              ? new HttpTap(HttpRelay.start(listen, target, Optional.empty()))
              : new StreamTap(Relay.start(listen, target));
      own.add(tap);
      taps.computeIfAbsent(detour.link().name(), _ -> new CopyOnWriteArrayList<>()).add(tap);
    }
  }

  private static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private List<Tap> on(String link) {
    List<Relay> replication = replications.apply(link);
    return replication.isEmpty()
        ? taps.getOrDefault(link, List.of())
        : taps.computeIfAbsent(link, _ -> replication.stream().<Tap>map(StreamTap::new).toList());
  }

  @Override
  public Effect disturb(Action.DisturbLink action) {
    List<Tap> able = on(action.link()).stream().filter(tap -> tap.takes(action.what())).toList();
    if (able.isEmpty()) {
      return NONE.disturb(action);
    }
    guard.begin(action.link() + " " + action.name(), action.lease());
    able.forEach(tap -> tap.put(action));
    return new Effect.Done("%s on %s is in force".formatted(action.what().words(), action.link()));
  }

  @Override
  public Effect restore(Action.RestoreLink action) {
    on(action.link()).forEach(tap -> tap.remove(action.name()));
    try {
      guard.end(action.link() + " " + action.name());
    } catch (KernelException refused) {
      return new Effect.Failed("the lease of links: " + refused.getMessage());
    }
    return new Effect.Done("%s on %s is over".formatted(action.name(), action.link()));
  }

  @Override
  public Optional<Effect> renew() {
    return guard.renew();
  }

  @Override
  public Answer status(Query.LinkStatus query) {
    return new Answer.LinkIs(
        query.what(),
        on(query.link()).stream()
            .filter(tap -> tap.takes(query.what()))
            .map(tap -> tap.reading(query.name()))
            .reduce(LinkReading.NOTHING, LinkReading::and));
  }

  /** Ends all connections. May be called twice. */
  @Override
  public void close() {
    taps.clear();
    own.forEach(Tap::close);
    try {
      guard.close();
    } catch (KernelException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
