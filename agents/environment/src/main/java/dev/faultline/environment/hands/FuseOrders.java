package dev.faultline.environment.hands;

import dev.faultline.environment.route.HaproxyRuntime;
import dev.faultline.environment.route.NginxFile;
import dev.faultline.environment.route.Routes;
import dev.faultline.environment.route.Weights;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Action.ArmFuse;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.node.FuseAction;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.ProcessIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Translates the actions of a fuse into what a fuse can do by itself. Pure. */
record FuseOrders(String runId, CommandSetting setting) {

  private static final Duration SHORTEST_POLL = Duration.ofMillis(1);
  private static final Duration SAID_WITHIN = Duration.ofSeconds(5);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  // A constant text: where a fuse lives in the root folder, a program of the user's must not.
  private static final String IN_FOLDER = "cd -- \"$0\" && exec \"$@\"";

  /**
   * The order for a fuse.
   *
   * @throws IllegalArgumentException when a fuse cannot do that; the message says why
   */
  FuseOrder order(ArmFuse arm, Path lease) {
    return new FuseOrder(
        runId,
        arm.name(),
        lease,
        arm.lease(),
        poll(arm.lease()),
        arm.actions().stream().map(this::action).toList());
  }

  /** A tenth of the lease in whole milliseconds, as an order has no finer ones. */
  private static Duration poll(Duration lease) {
    Duration tenth = lease.dividedBy(10).truncatedTo(ChronoUnit.MILLIS);
    if (tenth.compareTo(SHORTEST_POLL) < 0) {
      return SHORTEST_POLL;
    }
    return tenth.compareTo(LONGEST_POLL) < 0 ? tenth : LONGEST_POLL;
  }

  private FuseAction shift(Action.ShiftTraffic shift) {
    Routes routes = new Routes(setting.directory(), setting.expand(), FuseOrders::notRun);
    return switch (shift.route()) {
      case Haproxy there -> {
        HaproxyRuntime router = routes.haproxy(there);
        yield new FuseAction.Say(
            router.socket(), router.commands(Weights.of(shift.share())), SAID_WITHIN);
      }
      case Nginx there -> {
        NginxFile router = routes.nginx(there);
        yield new FuseAction.Write(
            router.file(), router.text(shift.share()), run(there.reload(), NginxFile.TIMEOUT));
      }
      case Envoy there when shift.share() == 0 -> routes.envoy(there).takeBack(SAID_WITHIN);
      case Envoy _, Replicas _, Weighted _ -> throw cannot(shift);
    };
  }

  private static Answer notRun(CommandStatus program) {
    return new Answer.Unanswered(BlindReason.REFUSED, "an order is written: nothing runs yet");
  }

  private FuseAction.Run run(List<String> argv, Duration timeout) {
    return new FuseAction.Run(inFolder(argv), setting.environment(), timeout);
  }

  private FuseAction action(Action action) {
    return switch (action) {
      case Action.SendSignal send ->
          new FuseAction.Signal(
              ProcessIdentity.parse(send.process().identity()), Processes.posix(send.signal()));
      case Action.RunCommand run -> run(run.argv(), run.timeout());
      case Action.FreeDescriptors free ->
          new FuseAction.Descriptors(
              ProcessIdentity.parse(free.process().identity()), free.limit());
      case Action.ShiftTraffic shift -> shift(shift);
      case Action.OnHost _,
          Action.LimitDescriptors _,
          Action.ShiftClock _,
          Action.RestoreClock _,
          Action.ArmFuse _,
          Action.DisarmFuse _,
          Action.FireFuse _,
          Action.RenewLease _,
          Action.StartLoad _,
          Action.SurgeLoad _,
          Action.EndSurge _,
          Action.StopLoad _,
          Action.FailOver _,
          Action.Reconnect _,
          Action.OpenLedger _,
          Action.DropLedger _,
          Action.DisturbLink _,
          Action.RestoreLink _,
          Action.DisturbPackets _,
          Action.RestorePackets _,
          Action.HoldStrain _,
          Action.EndStrain _,
          Action.EndHolders _,
          Action.InCluster _ ->
          throw cannot(action);
    };
  }

  private List<String> inFolder(List<String> written) {
    List<String> argv =
        new ArrayList<>(List.of("/bin/sh", "-c", IN_FOLDER, setting.directory().toString()));
    argv.addAll(setting.argv(written));
    return argv;
  }

  private static IllegalArgumentException cannot(Action action) {
    return new IllegalArgumentException("a fuse cannot " + action.describe());
  }
}
