package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.load.ClusterLoads;
import dev.faultline.environment.load.LoadGenerator;
import dev.faultline.environment.load.RunningLoad;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.NodeAction;
import dev.faultline.model.world.NodeQuery;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does in a cluster what actions ask for, and answers what is asked about it. Thread-safe. */
final class ClusterHands implements AutoCloseable {

  private final Api api;
  private final String run;
  private final PodEnds pods;
  private final Changes changes;
  private final Numbers numbers;
  private final AgentSource source;
  private final PodAgents agents;
  private final ContainerAgents containers;
  private final NodeCuts nodes;
  private final ClusterFuses fuses;
  private final Services services;
  private final LoadGenerator load;
  private final LoadsOfRun loads;

  /** Hands for one run in a cluster whose Prometheus is asked elsewhere. */
  ClusterHands(Api api, String run, Optional<Kubernetes.Agent> agent) {
    this(api, run, agent, new Services(api, Optional.empty(), Path.of("")), _ -> {});
  }

  /**
   * Hands for one run.
   *
   * @param agent where agents come from; empty where none is used
   * @param services is closed with it
   * @param sightings is told of what the cluster does by itself
   */
  ClusterHands(
      Api api,
      String run,
      Optional<Kubernetes.Agent> agent,
      Services services,
      Consumer<Sighting> sightings) {
    this.services = services;
    this.api = api;
    this.run = run;
    this.pods = new PodEnds(api);
    this.changes = new Changes(api, run);
    this.numbers = new Numbers(api);
    this.source = AgentSource.of(api, run, agent);
    this.agents = new PodAgents(api, source);
    this.containers = new ContainerAgents(source);
    this.nodes = new NodeCuts(api, source);
    this.fuses = new ClusterFuses(api, run);
    this.loads = new LoadsOfRun(source);
    this.load = LoadGenerator.elsewhere(load -> start(load, sightings));
  }

  /** The load that pods make. */
  LoadGenerator load() {
    return load;
  }

  private RunningLoad start(Load wanted, Consumer<Sighting> sightings) {
    String image =
        source
            .setting()
            .map(Kubernetes.Agent::image)
            .orElseThrow(
                () -> new IllegalArgumentException("the environment names no image of agents"));
    return new ClusterLoads(source.client(), source.run(), source.namespace(), image, sightings)
        .start(wanted);
  }

  Facts facts(Target target) throws ApiTrouble {
    return new ClusterInventory(api, run).facts(target);
  }

  /** Does it; trouble is what comes of it. */
  Effect apply(Action.InCluster action) {
    try {
      return carryOut(action);
    } catch (ApiTrouble trouble) {
      return trouble.failed();
    }
  }

  private Effect carryOut(Action.InCluster action) throws ApiTrouble {
    return switch (action) {
      case ClusterAction.DeletePod delete -> pods.delete(delete);
      case ClusterAction.EvictPod evict -> pods.evict(evict);
      case ClusterAction.ChangeObject change ->
          changes.change(change, fuses.lease(change.object(), change.mark()));
      case ClusterAction.RestoreObject restore -> changes.restore(restore);
      case ClusterAction.LeaveObject leave -> changes.leave(leave);
      case PodAction.DisturbPod disturb -> agents.disturb(disturb);
      case PodAction.RestorePod restore -> agents.restore(restore);
      case PodAction.SignalContainer signal -> containers.signal(signal);
      case PodAction.FreezeContainer freeze -> containers.freeze(freeze);
      case PodAction.ReleaseContainer release -> containers.release(release);
      case PodAction.StrainContainer strain -> containers.strain(strain);
      case PodAction.FreeContainer free -> containers.free(free);
      case NodeAction.CutNode cut -> nodes.cut(cut);
      case NodeAction.AwaitNode await -> nodes.await(await);
      case ClusterFuseAction.ArmObjectFuse arm -> fuses.arm(arm);
      case ClusterFuseAction.DisarmObjectFuse disarm -> fuses.disarm(disarm);
    };
  }

  /** Answers it; trouble is no answer. */
  Answer ask(Query.OfCluster query) {
    try {
      return answer(query);
    } catch (ApiTrouble trouble) {
      return trouble.unanswered();
    }
  }

  private Answer answer(Query.OfCluster query) throws ApiTrouble {
    return switch (query) {
      case Query.PodStatus status -> pods.status(status);
      case Query.ObjectStatus status -> changes.status(status);
      case Query.ObjectFuse fuse -> fuses.status(fuse);
      case Query.NamespaceStatus _ -> new Clearance(api).namespace();
      case Query.MayDo may -> new Clearance(api).lacking(may.permissions());
      case Query.ClusterNumber number -> numbers.ask(number);
      case Query.ServiceProbe probe -> services.ask(probe);
      case Query.AgentPossible possible -> agents.possible(possible);
      case Query.PodPackets status -> agents.status(status);
      case PodQuery.ContainerStatus status -> containers.status(status);
      case PodQuery.FrozenContainer frozen -> containers.status(frozen);
      case PodQuery.StrainedContainer strained -> containers.status(strained);
      case NodeQuery.NodeCutPossible possible -> nodes.possible(possible);
      case NodeQuery.NodeCut status -> nodes.status(status);
      case RouteFit fit -> Splits.fit(api, run, fit);
    };
  }

  /** The addresses of pods that are the other side of traffic. */
  Answer addresses(Query.AddressesOf query) {
    return agents.addresses(query);
  }

  /** The changes of this run that objects still carry, by their names as marks. */
  List<String> marks() throws ApiTrouble {
    return ours().stream().map(Marks.Found::name).toList();
  }

  /** The agents of this run that are there still, in words. */
  List<String> holders() throws ApiTrouble {
    List<String> all = new ArrayList<>(agents.marks());
    all.addAll(loads.marks());
    return all;
  }

  /** Ends all agents of the run, whoever made them. */
  Effect endHolders() {
    Effect ended = loads.endAll();
    Effect agentsEnded = agents.endAll();
    return ended instanceof Effect.Done ? agentsEnded : ended;
  }

  /** Has the leases of agents prolonged; says what is wrong with one of them. */
  Optional<Effect> renewAgents() {
    Optional<Effect> packets = agents.renew();
    Optional<Effect> frozen = containers.renew();
    return packets.or(() -> frozen);
  }

  /** Renews the Leases of the fuses; says what is wrong with one of them. */
  Optional<Effect> renewFuses() {
    return fuses.renew();
  }

  /** Undoes a change by what the object carries itself; does nothing where it carries nothing. */
  Effect fire(String mark) throws ApiTrouble {
    Optional<Marks.Found> found =
        ours().stream().filter(one -> one.name().equals(mark)).findFirst();
    return found.isPresent()
        ? new Reversal(api, run).of(found.get())
        : new Effect.Done("nothing carries " + mark);
  }

  /** The way to the cluster. */
  Api api() {
    return api;
  }

  private List<Marks.Found> ours() throws ApiTrouble {
    return new Marks(api).all().stream().filter(one -> one.run().equals(run)).toList();
  }

  /** What the Prometheus of the cluster answers. */
  Answer prometheus(Function<PrometheusClient, Answer> question) {
    return services.prometheus(question);
  }

  @Override
  public void close() {
    load.close();
    services.close();
    agents.close();
    containers.close();
    source.client().close();
    api.close();
  }
}
