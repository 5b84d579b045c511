package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.agent.GuestAgents;
import dev.faultline.environment.kubernetes.agent.PodDisturber;
import dev.faultline.environment.kubernetes.agent.PodTarget;
import dev.faultline.environment.packet.HostNames;
import dev.faultline.environment.packet.NameWatch;
import dev.faultline.environment.packet.PacketOrders;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import dev.faultline.node.packet.PacketFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The agents of a run in a cluster, one for each pod whose packets it disturbs. Those that an
 * earlier process of the same run has made are found by their marks in the cluster. Thread-safe;
 * pods do not wait for each other.
 */
final class PodAgents implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  /** An ephemeral container that nobody speaks to ends by itself within a minute. */
  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(75);

  private static final Duration BETWEEN_NAMES = Duration.ofSeconds(30);

  private final Api api;
  private final AgentSource source;
  private final AgentPods pods;
  private final GuestAgents guests;
  private final HostNames names;
  private final NameWatch watch;
  private final Map<NetworkPlace, PodAgent> agents = new ConcurrentHashMap<>();

  PodAgents(Api api, AgentSource source) {
    this.api = api;
    this.source = source;
    this.pods = source.pods();
    this.guests = new GuestAgents(source.client());
    this.names = new PodPlaces(api, HostNames.SYSTEM);
    this.watch = new NameWatch(names, BETWEEN_NAMES, this::moved);
  }

  /** The addresses of peers, as agents are told them. */
  Answer addresses(Query.AddressesOf query) {
    return names.answer(query.host());
  }

  /** Whether an agent can be made, as far as the API server tells. */
  Answer possible(Query.AgentPossible query) throws ApiTrouble {
    AgentWay way = query.way();
    String where = way == AgentWay.POD ? source.namespace() : api.namespace();
    if (new Clearance(api).lacking(way.permissions(), where)
            instanceof Answer.Forbidden(var lacking)
        && !lacking.isEmpty()) {
      String wants = lacking.stream().map(one -> one.words()).collect(Collectors.joining(", "));
      return new Answer.PacketsAre(
          Optional.of(
              "the user of the kubeconfig may not %s in namespace %s ('faultline rbac' prints a"
                      .formatted(wants, where)
                  + " role that would do)"));
    }
    try {
      PodTarget target =
          query.work().isOfNetwork()
              ? target(query.pod())
              : PodTarget.ofContainer(source.pod(query.pod()), "");
      Optional<String> taken = taken(query.pod(), where);
      if (taken.isPresent()) {
        return new Answer.PacketsAre(taken);
      }
      AgentPlan plan = source.plan(Duration.ofSeconds(10), Duration.ofMinutes(1));
      return new Answer.PacketsAre(
          switch (way) {
            case POD -> pods.refusal(plan, target, query.work());
            case EPHEMERAL_CONTAINER -> guests.refusal(plan, target);
          });
    } catch (AgentTrouble none) {
      return new Answer.PacketsAre(Optional.of(String.valueOf(none.getMessage())));
    }
  }

  private Optional<String> taken(ObjectRef pod, String where) throws AgentTrouble {
    return pods.otherRun(where, source.run(), pod.uid())
        .map(
            other ->
                "an agent of run %s is there; wait for its end, or take it away with"
                        .formatted(other)
                    + " 'faultline undo --cluster %s'".formatted(other));
  }

  private PodTarget target(ObjectRef ref) throws AgentTrouble {
    return PodTarget.of(source.pod(ref));
  }

  /** Puts a fault in force, in a pod that may need an agent first. */
  Effect disturb(PodAction.DisturbPod order) {
    DisturbPackets what = order.what();
    try {
      PodAgent agent = agents.computeIfAbsent(what.place(), _ -> new PodAgent());
      if (what.traffic().peers().contains(Traffic.OWN_NODE)) {
        agent.disturb(what, node -> ofNode(what, node), () -> start(order.pod(), what.lease()));
      } else {
        PacketFault fault = PacketOrders.fault(what, names);
        agent.disturb(what, _ -> fault, () -> start(order.pod(), what.lease()));
        watch.begin(what, fault);
      }
      return new Effect.Done(
          "%s on pod %s is in force".formatted(what.what().words(), order.pod().pod().name()));
    } catch (UnknownHostException | IllegalArgumentException | AgentTrouble refused) {
      return new Effect.Failed(
          "cannot put %s on pod %s: %s"
              .formatted(what.what().words(), order.pod().pod().name(), refused.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  /** Only a name could be unknown, and there is none. */
  private static PacketFault ofNode(DisturbPackets what, List<InetAddress> node)
      throws AgentTrouble {
    if (node.isEmpty()) {
      throw AgentTrouble.of(
          "the agent could not find out by which address its node reaches the pod");
    }
    try {
      return PacketOrders.fault(what, _ -> node);
    } catch (UnknownHostException impossible) {
      throw AgentTrouble.of(String.valueOf(impossible.getMessage()));
    }
  }

  private PodDisturber start(PodPlace pod, Duration lease)
      throws AgentTrouble, InterruptedException {
    PodTarget target = target(pod.pod());
    AgentPlan plan = source.plan(lease, pod.longest());
    return switch (pod.way()) {
      case POD -> pods.start(plan, target, STARTS_WITHIN);
      case EPHEMERAL_CONTAINER -> guests.start(plan, target, STARTS_WITHIN);
    };
  }

  /** Only of a fault that is in force still: it may have been withdrawn while a name was asked. */
  private void moved(DisturbPackets order, PacketFault now) {
    PodAgent agent = agents.get(order.place());
    try {
      if (agent != null) {
        agent.change(order.name(), now);
      }
    } catch (AgentTrouble lost) {
      // Who renews the leases is told.
      return;
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a fault, and an agent that has no other; also one of an earlier process of this run. */
  Effect restore(PodAction.RestorePod order) {
    watch.end(order.what());
    PodAgent agent = agents.get(order.what().place());
    try {
      if (agent != null && !agent.restore(order.what().name())) {
        return new Effect.Failed(
            "the agent of pod %s does not end".formatted(order.pod().pod().name()));
      }
      // One may be there of which this process never heard, as when an answer was lost.
      return agent != null && agent.isRunning()
          ? new Effect.Done("%s is over".formatted(order.what().name()))
          : endStrays(order);
    } catch (AgentTrouble silent) {
      return new Effect.Failed(String.valueOf(silent.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  private Effect endStrays(PodAction.RestorePod order) throws AgentTrouble, InterruptedException {
    ObjectRef pod = order.pod().pod();
    List<String> left =
        switch (order.pod().way()) {
          case POD ->
              pods.end(source.namespace(), source.run(), pod.uid(), Optional.empty(), ENDS_WITHIN);
          case EPHEMERAL_CONTAINER ->
              guests.awaitEnd(pod.namespace(), pod.name(), source.run(), LEAVES_WITHIN);
        };
    return left.isEmpty()
        ? new Effect.Done("no agent of this run is at pod " + pod.name())
        : new Effect.Failed("agents are left: " + String.join(", ", left));
  }

  /** Ends the pods of all agents of the run, whoever made them. */
  Effect endAll() {
    if (source.setting().isEmpty()) {
      return new Effect.Done("no agents are used");
    }
    try {
      List<String> left = pods.end(source.namespace(), Optional.of(source.run()), ENDS_WITHIN);
      return left.isEmpty()
          ? new Effect.Done("no agent of this run is left")
          : new Effect.Failed("agents are left: " + String.join(", ", left));
    } catch (AgentTrouble silent) {
      return new Effect.Failed(String.valueOf(silent.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  /** The pods of agents of the run, in words; none where agents are not used. */
  List<String> marks() throws ApiTrouble {
    try {
      return source.setting().isEmpty()
          ? List.of()
          : pods.find(source.namespace(), Optional.of(source.run())).stream()
              .map(name -> "agent %s/%s".formatted(source.namespace(), name))
              .toList();
    } catch (AgentTrouble silent) {
      throw new ApiTrouble(BlindReason.UNREACHABLE, String.valueOf(silent.getMessage()));
    }
  }

  /** What was measured of a fault. */
  Answer status(Query.PodPackets query) {
    Query.PacketStatus status = query.status();
    try {
      Optional<LinkReading> known =
          agents.getOrDefault(status.place(), new PodAgent()).reading(status);
      return new Answer.LinkIs(
          status.what(), known.isPresent() ? known.get() : ofStrays(query.pod()));
    } catch (AgentTrouble silent) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(silent.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.TIMEOUT, "interrupted");
    }
  }

  /** An agent of an earlier process does not answer to us; but where there is none, nothing is. */
  private LinkReading ofStrays(PodPlace place) throws AgentTrouble {
    ObjectRef pod = place.pod();
    boolean strays =
        switch (place.way()) {
          case POD -> pods.isBeside(source.namespace(), source.run(), pod.uid(), Optional.empty());
          case EPHEMERAL_CONTAINER ->
              !guests.find(pod.namespace(), pod.name(), source.run()).isEmpty();
        };
    return strays ? LinkReading.UNKNOWN : LinkReading.NOTHING;
  }

  /**
   * Has the leases of all agents prolonged; waits for nothing.
   *
   * @return what is wrong with one of them
   */
  Optional<Effect> renew() {
    Optional<Effect> wrong = Optional.empty();
    for (PodAgent agent : agents.values()) {
      Optional<Effect> now = agent.renew();
      wrong = wrong.or(() -> now);
    }
    return wrong;
  }

  /** Ends all agents, and with them all that they do. */
  @Override
  public void close() {
    watch.close();
    agents.values().forEach(PodAgents::end);
  }

  private static void end(PodAgent agent) {
    try {
      boolean _ = agent.end(Duration.ZERO);
    } catch (AgentTrouble left) {
      // Its lease ends it.
      return;
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }
}
