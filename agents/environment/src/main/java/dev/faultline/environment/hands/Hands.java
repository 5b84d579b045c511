package dev.faultline.environment.hands;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.load.LoadGenerator;
import dev.faultline.environment.probe.HttpProbes;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.util.Optional;
import java.util.function.Function;

/** Carries out actions and puts questions on this machine and over HTTP. */
public final class Hands implements World, AutoCloseable {

  private static final String NO_CLUSTER =
      "the environment has no cluster; its place must be 'kubernetes'";

  private final MachineHands machine;
  private final Databases databases;
  private final Seams seams;
  private final LoadGenerator load;
  private final HttpProbes probes;
  private final Optional<PrometheusClient> prometheus;

  /**
   * Hands for one run. Nothing is started or connected before it is needed.
   *
   * @param place where the run keeps its things
   * @param inventory finds targets
   * @param databases the databases that can be reached
   * @param prometheus where queries go, if anywhere
   * @param texts what the user's texts mean
   * @param seams where the environment can be disturbed as Faultline has started it
   */
  public Hands(
      RunPlace place,
      Inventory inventory,
      Databases databases,
      Optional<PrometheusEndpoint> prometheus,
      Texts texts,
      Seams seams) {
    this.machine = new MachineHands(place, inventory, texts);
    this.databases = databases;
    this.seams = seams;
    this.load = new LoadGenerator(texts.load());
    this.probes = new HttpProbes(texts.load());
    this.prometheus = prometheus.map(endpoint -> new PrometheusClient(endpoint, place.base()));
  }

  @Override
  public Facts facts(Target target) {
    return target.kind().equals("database") ? databases.facts(target) : machine.facts(target);
  }

  @Override
  public Effect apply(Action action) {
    return switch (action) {
      case Action.OnHost _,
          Action.SendSignal _,
          Action.LimitDescriptors _,
          Action.FreeDescriptors _,
          Action.RunCommand _,
          Action.ArmFuse _,
          Action.DisarmFuse _,
          Action.FireFuse _,
          Action.DisturbPackets _,
          Action.RestorePackets _,
          Action.HoldStrain _,
          Action.EndStrain _,
          Action.EndHolders _,
          Action.ShiftTraffic _ ->
          machine.apply(action);
      case Action.InCluster _ -> new Effect.Failed(NO_CLUSTER);
      case Action.RenewLease renewal -> renew(renewal);
      case Action.StartLoad start -> load.start(start);
      case Action.SurgeLoad surge -> load.surge(surge);
      case Action.EndSurge _ -> load.endSurge();
      case Action.StopLoad stop -> load.stop();
      case Action.FailOver take -> databases.failOver(take);
      case Action.Reconnect join -> databases.reconnect(join);
      case Action.OpenLedger open -> databases.open(open);
      case Action.DropLedger drop -> databases.drop(drop);
      case Action.ShiftClock shift -> seams.clocks().shift(shift);
      case Action.RestoreClock restore -> seams.clocks().restore(restore);
      case Action.DisturbLink disturb -> seams.links().disturb(disturb);
      case Action.RestoreLink restore -> seams.links().restore(restore);
    };
  }

  @Override
  public Answer ask(Query query) {
    return switch (query) {
      case Query.OnHost _,
          Query.ProcessStatus _,
          Query.DescriptorStatus _,
          Query.FuseStatus _,
          Query.Marks _,
          Query.CommandStatus _,
          Query.PacketStatus _,
          Query.StrainStatus _,
          Query.RoomFor _,
          Query.PacketsPossible _,
          Query.AddressesOf _,
          Query.RouteStatus _ ->
          machine.ask(query);
      case Query.OfCluster _ -> new Answer.Unanswered(BlindReason.REFUSED, NO_CLUSTER);
      case Query.PromInstant instant -> prometheus(client -> client.ask(instant));
      case Query.PromRange range -> prometheus(client -> client.ask(range));
      case Query.AlertStatus alert -> prometheus(client -> client.ask(alert));
      case Query.HttpProbe probe -> probes.ask(probe);
      case Query.LoadStatus status -> load.ask(status);
      case Query.LoadRate _ -> load.rate();
      case Query.DatabaseStatus status -> databases.status(status);
      case Query.NodeStatus status -> databases.node(status);
      case Query.SqlNumber number -> databases.select(number);
      case Query.LedgerTable table -> databases.table(table);
      case Query.LedgerStatus status -> databases.account(status);
      case Query.ClockPossible possible -> seams.clocks().possible(possible);
      case Query.ClockStatus status -> seams.clocks().status(status);
      case Query.LinkStatus status -> seams.links().status(status);
    };
  }

  /** Ends the load, commands and questions under way; fuses that are still armed will act. */
  @Override
  public void close() {
    load.close();
    probes.close();
    databases.close();
    prometheus.ifPresent(PrometheusClient::close);
    machine.close();
  }

  /** All, whatever is wrong with one of them. */
  private Effect renew(Action.RenewLease renewal) {
    Optional<Effect> late = seams.clocks().renew();
    Optional<Effect> unbound = seams.links().renew().or(() -> late);
    Effect renewed = machine.apply(renewal);
    return renewed instanceof Effect.Done ? unbound.orElse(renewed) : renewed;
  }

  private Answer prometheus(Function<PrometheusClient, Answer> question) {
    return prometheus
        .map(question)
        .orElseGet(
            () ->
                new Answer.Unanswered(
                    BlindReason.UNREACHABLE, "the environment names no prometheus"));
  }
}
