package dev.faultline.environment.packet;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Action.RestorePackets;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Query.PacketStatus;
import dev.faultline.model.world.Target;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.SignalResult;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.agent.PacketLauncher;
import dev.faultline.node.packet.agent.PacketProcesses;
import dev.faultline.node.packet.agent.RunningPackets;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.engine.Rehearsal;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a run, one for each network whose packets it disturbs. An agent is started when the
 * first fault comes to its network, and ends with the run.
 *
 * <p>Agents that an earlier process of the same run has started are found by their command lines,
 * and killed, with which the kernel undoes all that they did. Thread-safe.
 */
public final class Packets implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String runId;
  private final Path java;
  private final Map<NetworkPlace, RunningPackets> agents = new ConcurrentHashMap<>();
  private final Map<RestorePackets, PacketReading> ended = new ConcurrentHashMap<>();
  private final Set<ProcessIdentity> killed = ConcurrentHashMap.newKeySet();
  private final HostNames names;
  private final NameWatch watch;
  private Optional<Answer> possible = Optional.empty();

  /**
   * No agent is started yet.
   *
   * @param java the {@code java} executable that runs Faultline
   * @param inventory finds the processes that are peers of others
   */
  public Packets(String runId, Path java, Function<Target, Facts> inventory) {
    this(runId, java, new PlaceNames(inventory, HostNames.SYSTEM), Duration.ofSeconds(30));
  }

  /**
   * The same.
   *
   * @param between how long after each look at host names the next one comes
   */
  Packets(String runId, Path java, HostNames names, Duration between) {
    this.runId = runId;
    this.java = java;
    this.names = names;
    this.watch = new NameWatch(names, between, this::moved);
  }

  /** Puts a fault in force, in a network that may need an agent first. */
  public synchronized Effect disturb(DisturbPackets order) {
    try {
      PacketFault fault = PacketOrders.fault(order, names);
      agent(order).put(order.name(), fault);
      watch.begin(order, fault);
      return new Effect.Done(
          "%s on %s is in force".formatted(order.what().words(), order.place().words()));
    } catch (UnknownHostException unknown) {
      return failed(order, String.valueOf(unknown.getMessage()));
    } catch (PacketRefused | IllegalArgumentException refused) {
      return failed(order, String.valueOf(refused.getMessage()));
    }
  }

  /** Only of a fault that is in force still: it may have been withdrawn while a name was asked. */
  private synchronized void moved(DisturbPackets order, PacketFault now) {
    try {
      RunningPackets running = agents.get(order.place());
      if (running != null && running.readings().containsKey(order.name())) {
        running.put(order.name(), now);
      }
    } catch (PacketRefused lost) {
      // Who renews the leases is told.
      return;
    }
  }

  /** Whether this kernel lets packets be disturbed, tried once. */
  public synchronized Answer possible() {
    try {
      if (possible.isEmpty()) {
        possible = Optional.of(new Answer.PacketsAre(Rehearsal.lacking()));
      }
      return possible.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.UNREACHABLE, "interrupted");
    }
  }

  /** Which addresses a host name stands for; answered by {@link Answer.AddressesAre}. */
  public Answer addresses(Query.AddressesOf query) {
    return names.answer(query.host());
  }

  private static Effect failed(DisturbPackets order, String why) {
    return new Effect.Failed(
        "cannot put %s on %s: %s".formatted(order.what().words(), order.place().words(), why));
  }

  private RunningPackets agent(DisturbPackets order) throws PacketRefused {
    RunningPackets running = agents.get(order.place());
    if (running == null) {
      PacketLauncher launcher =
          new PacketLauncher(java, PacketLauncher.likeThisProcess().classPath());
      running =
          launcher.start(PacketSettings.of(runId, place(order.place()), order.lease()), PATIENCE);
      agents.put(order.place(), running);
    }
    return running;
  }

  private static Place place(NetworkPlace place) throws PacketRefused {
    if (place.process().isEmpty()) {
      return new Place.Named(Path.of(place.path()));
    }
    ProcessIdentity process = ProcessIdentity.parse(place.process().get().identity());
    if (process.state() == ProcessState.GONE) {
      throw new PacketRefused(place.name() + " has ended or was replaced");
    }
    return new Place.OfProcess(process.pid());
  }

  /** Ends a fault; where an earlier process of this run put it in force, ends its agent. */
  public synchronized Effect restore(RestorePackets order) {
    watch.end(order);
    RunningPackets running = agents.get(order.place());
    try {
      if (running == null) {
        return endStrays(order);
      }
      if (running.readings().containsKey(order.name())) {
        ended.put(order, running.remove(order.name()));
      }
    } catch (PacketRefused gone) {
      // With the agent ends all that it did.
      agents.remove(order.place());
      running.close();
    } catch (UncheckedIOException hidden) {
      return new Effect.Failed("processes are not shown to us: " + hidden.getMessage());
    }
    return new Effect.Done("%s on %s is over".formatted(order.name(), order.place().words()));
  }

  private Effect endStrays(RestorePackets order) {
    return killStrays()
        .orElseGet(
            () ->
                new Effect.Done("%s on %s is over".formatted(order.name(), order.place().words())));
  }

  /** Says what is wrong, if anything is. */
  private Optional<Effect> killStrays() {
    for (ProcessIdentity stray : strays()) {
      killed.add(stray);
      if (stray.signal(PosixSignal.KILL) instanceof SignalResult.Denied(String message)) {
        return Optional.of(
            new Effect.Failed(
                "the agent with pid %d cannot be killed: %s".formatted(stray.pid(), message)));
      }
    }
    return Optional.empty();
  }

  /** Ends all agents of the run on this machine, whoever started them. */
  public synchronized Effect endAll() {
    agents.values().forEach(RunningPackets::close);
    agents.clear();
    return killStrays().orElseGet(() -> new Effect.Done("no packets are disturbed any more"));
  }

  /** The agents of the run that live on this machine, in words. */
  public Stream<String> marks() {
    return PacketProcesses.find(runId).stream().map(agent -> "packets, pid " + agent.pid());
  }

  private List<ProcessIdentity> strays() {
    List<ProcessIdentity> own = agents.values().stream().map(RunningPackets::identity).toList();
    return PacketProcesses.find(runId).stream().filter(one -> !own.contains(one)).toList();
  }

  /** What was measured of a fault; answered by {@link Answer.LinkIs}. */
  public synchronized Answer status(PacketStatus query) {
    RunningPackets running = agents.get(query.place());
    try {
      LinkReading reading =
          running == null ? ofStrays() : reading(query, running.readings().get(query.name()));
      return new Answer.LinkIs(query.what(), reading);
    } catch (PacketRefused silent) {
      // Only of an agent that has ended has the kernel undone what it did.
      boolean gone = running == null || running.identity().state() == ProcessState.GONE;
      return new Answer.LinkIs(query.what(), gone ? LinkReading.NOTHING : LinkReading.UNKNOWN);
    } catch (UncheckedIOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE, "processes are not shown to us: " + hidden.getMessage());
    }
  }

  private LinkReading reading(PacketStatus query, @Nullable PacketReading now) {
    PacketReading last =
        now == null ? ended.get(new RestorePackets(query.place(), query.name())) : now;
    return last == null
        ? LinkReading.NOTHING
        : PacketOrders.reading(query.what(), last, now != null);
  }

  /**
   * An agent of an earlier process does not answer to us; but where there is none, nothing is. One
   * that was killed loses its command line, by which it is found, before the kernel undoes its
   * work.
   */
  private LinkReading ofStrays() {
    killed.removeIf(one -> one.state() == ProcessState.GONE);
    return strays().isEmpty() && killed.isEmpty() ? LinkReading.NOTHING : LinkReading.UNKNOWN;
  }

  /**
   * Prolongs the leases of all agents; waits for nothing but their answers.
   *
   * @return what is wrong with one of them
   */
  public Optional<Effect> renew() {
    Optional<Effect> trouble = Optional.empty();
    for (Map.Entry<NetworkPlace, RunningPackets> agent : agents.entrySet()) {
      try {
        agent.getValue().renew();
      } catch (PacketRefused lost) {
        trouble =
            Optional.of(
                new Effect.Superseded(
                    "the agent for %s is lost: %s"
                        .formatted(agent.getKey().words(), lost.getMessage())));
      }
    }
    return trouble;
  }

  /** Ends all agents, and with them all that they do. */
  @Override
  public synchronized void close() {
    watch.close();
    agents.values().forEach(RunningPackets::close);
    agents.clear();
  }
}
