package dev.faultline.environment.hands;

import dev.faultline.environment.packet.Networks;
import dev.faultline.environment.packet.Packets;
import dev.faultline.environment.route.Routes;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hands on one machine: its processes, its packets, what it has to give, and the user's
 * programs. They need nothing but Java and the programs of a Linux, and so work on every host.
 */
public final class MachineHands implements World, AutoCloseable {

  private final Inventory inventory;
  private final Packets packets;
  private final Processes processes = new Processes();
  private final DescriptorLimits descriptors = new DescriptorLimits();
  private final Commands commands;
  private final Fuses fuses;
  private final Holders holders;
  private final Routes routes;

  /**
   * Hands for one run. Nothing is started before it is needed.
   *
   * @param place where the run keeps its things on this machine
   * @param inventory finds targets
   * @param texts what the user's texts mean
   */
  public MachineHands(RunPlace place, Inventory inventory, Texts texts) {
    this.inventory = inventory;
    this.packets = new Packets(place.runId(), place.java(), inventory::facts);
    CommandSetting setting = CommandSetting.of(place, texts.commands(), texts.env());
    this.commands = new Commands(setting);
    this.routes = new Routes(setting.directory(), texts.commands(), commands::status);
    this.fuses = new Fuses(place, setting);
    this.holders = new Holders(place, texts.commands());
  }

  @Override
  public Facts facts(Target target) {
    return target.kind().equals("netns")
        ? Networks.facts(target.netns())
        : DescriptorLimits.into(inventory.facts(target));
  }

  @Override
  public Effect apply(Action action) {
    return switch (action) {
      case Action.SendSignal send -> processes.send(send);
      case Action.LimitDescriptors limit -> descriptors.limit(limit);
      case Action.FreeDescriptors free -> descriptors.free(free);
      case Action.RunCommand run -> commands.run(run);
      case Action.ArmFuse arm -> fuses.arm(arm);
      case Action.DisarmFuse disarm -> fuses.disarm(disarm);
      case Action.FireFuse fire -> fuses.fire(fire);
      case Action.RenewLease _ -> renew();
      case Action.DisturbPackets disturb -> packets.disturb(disturb);
      case Action.RestorePackets restore -> packets.restore(restore);
      case Action.HoldStrain hold -> holders.hold(hold);
      case Action.EndStrain end -> holders.end(end);
      case Action.EndHolders _ -> endHolders();
      case Action.ShiftTraffic shift -> routes.shift(shift);
      case Action.OnHost _,
          Action.StartLoad _,
          Action.SurgeLoad _,
          Action.EndSurge _,
          Action.StopLoad _,
          Action.FailOver _,
          Action.Reconnect _,
          Action.OpenLedger _,
          Action.DropLedger _,
          Action.ShiftClock _,
          Action.RestoreClock _,
          Action.DisturbLink _,
          Action.RestoreLink _,
          Action.InCluster _ ->
          new Effect.Failed("no hands for this are here: " + action.describe());
    };
  }

  @Override
  public Answer ask(Query query) {
    return switch (query) {
      case Query.ProcessStatus status -> processes.status(status);
      case Query.DescriptorStatus status -> descriptors.status(status);
      case Query.ClockPossible possible -> Clocks.NONE.possible(possible);
      case Query.FuseStatus status -> fuses.status(status);
      case Query.Marks _ -> marks();
      case Query.CommandStatus status -> commands.status(status);
      case Query.PacketStatus status -> packets.status(status);
      case Query.StrainStatus status -> holders.status(status);
      case Query.RoomFor room -> holders.room(room);
      case Query.PacketsPossible _ -> packets.possible();
      case Query.AddressesOf of -> packets.addresses(of);
      case Query.RouteStatus status -> routes.status(status);
      case Query.OnHost _,
          Query.PromInstant _,
          Query.PromRange _,
          Query.AlertStatus _,
          Query.HttpProbe _,
          Query.LoadStatus _,
          Query.LoadRate _,
          Query.DatabaseStatus _,
          Query.NodeStatus _,
          Query.SqlNumber _,
          Query.LedgerTable _,
          Query.LedgerStatus _,
          Query.ClockStatus _,
          Query.LinkStatus _,
          Query.OfCluster _ ->
          new Answer.Unanswered(BlindReason.REFUSED, "nobody here can tell: " + query.text());
    };
  }

  private Answer marks() {
    try {
      return new Answer.Marked(
          fuses.marks(), Stream.concat(holders.marks(), packets.marks()).toList());
    } catch (UncheckedIOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE, "processes are not shown to us: " + hidden.getMessage());
    }
  }

  /** All, whatever is wrong with one of them. */
  private Effect endHolders() {
    try {
      Effect freed = holders.endAll();
      Effect passing = packets.endAll();
      return freed instanceof Effect.Done ? passing : freed;
    } catch (UncheckedIOException hidden) {
      return new Effect.Failed("processes are not shown to us: " + hidden.getMessage());
    }
  }

  /** Ends everything; fuses that are still armed will act. */
  @Override
  public void close() {
    packets.close();
    commands.close();
    holders.close();
    fuses.close();
  }

  /** All, whatever is wrong with one of them. */
  private Effect renew() {
    Optional<Effect> unheld = holders.renew();
    Optional<Effect> lost = packets.renew().or(() -> unheld);
    Effect renewed = fuses.renew();
    return renewed instanceof Effect.Done ? lost.orElse(renewed) : renewed;
  }
}
