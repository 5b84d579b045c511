package dev.faultline.environment.hands;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.EndStrain;
import dev.faultline.model.world.Action.HoldStrain;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.MachineRoom.DiskRoom;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.StrainReading;
import dev.faultline.node.Bearers.Bearer;
import dev.faultline.node.Children;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.host.HolderException;
import dev.faultline.node.host.HostLauncher;
import dev.faultline.node.host.HostMark;
import dev.faultline.node.host.HostOrder;
import dev.faultline.node.host.HostReading;
import dev.faultline.node.host.RunningHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The processes of a run that hold something of this machine. The kernel kills them with this
 * process; those that an earlier process of the same run might have left are found by their marks.
 * Renewing waits for nothing, not even for one that is being started. Thread-safe.
 */
final class Holders implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final String run;
  private final MachineRooms rooms;
  private final HostLauncher launcher;
  private final Children children = new Children();
  private final ConcurrentMap<String, RunningHolder> own = new ConcurrentHashMap<>();

  Holders(RunPlace place, UnaryOperator<String> expand) {
    this.run = place.runId();
    this.rooms = new MachineRooms(place.folder(), expand);
    this.launcher = new HostLauncher(place.java(), FuseLauncher.likeThisProcess().classPath());
  }

  synchronized Effect hold(HoldStrain action) {
    String name = action.name();
    if (own.containsKey(name)) {
      return new Effect.Failed("something is held already under the name %s".formatted(name));
    }
    try {
      // What was planned may be long ago.
      Optional<String> refusal = action.what().refusal(rooms.room(action.what()));
      if (refusal.isPresent()) {
        return new Effect.Failed(refusal.get());
      }
      HostOrder order = order(action.what());
      own.put(
          name, launcher.start(new HostMark(run, name), order, action.lease(), children, ANSWER));
      return new Effect.Done(
          "a process holds it that is killed %d ms after its last renewal"
              .formatted(action.lease().toMillis()));
    } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
      return new Effect.Failed(
          "cannot hold %s: %s".formatted(action.what().words(), failure.getMessage()));
    }
  }

  /** Says what is wrong with one of them, if anything is. */
  Optional<Effect> renew() {
    Optional<Effect> trouble = Optional.empty();
    for (var holder : own.entrySet()) {
      try {
        holder.getValue().renew();
      } catch (HolderException gone) {
        trouble =
            Optional.of(
                new Effect.Superseded(
                    "what held %s is gone: %s".formatted(holder.getKey(), gone.getMessage())));
      }
    }
    return trouble;
  }

  synchronized Effect end(EndStrain action) {
    String name = action.name();
    try {
      Optional<RunningHolder> mine = Optional.ofNullable(own.remove(name));
      mine.ifPresent(RunningHolder::close);
      List<Bearer<HostMark>> strays = strays(name);
      for (Bearer<HostMark> stray : strays) {
        OwnFuse.end(stray.identity(), PosixSignal.KILL);
      }
      return new Effect.Done(
          mine.isEmpty() && strays.isEmpty()
              ? "nothing held it any more"
              : "what held it has ended");
    } catch (IOException | UncheckedIOException failure) {
      return new Effect.Failed("cannot end what holds it: " + failure.getMessage());
    }
  }

  /** Ends all of the run that live on this machine, whoever started them. */
  Effect endAll() {
    for (Bearer<HostMark> holder : HostMark.of(run)) {
      if (end(new EndStrain(holder.mark().name())) instanceof Effect.Failed failed) {
        return failed;
      }
    }
    return new Effect.Done("nothing is held any more");
  }

  /** Those of the run that live on this machine, in words. */
  Stream<String> marks() {
    return HostMark.of(run).stream().map(holder -> "strain " + holder.mark().name());
  }

  Answer status(Query.StrainStatus query) {
    try {
      RunningHolder mine = own.get(query.name());
      return mine == null
          ? new Answer.StrainIs(query.what(), ofOthers(query))
          : new Answer.StrainIs(query.what(), strain(mine.read()));
    } catch (IOException | UncheckedIOException | IllegalArgumentException unknown) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(unknown.getMessage()));
    }
  }

  Answer room(Query.RoomFor query) {
    try {
      return new Answer.RoomIs(rooms.room(query.what()));
    } catch (IOException | IllegalArgumentException unknown) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(unknown.getMessage()));
    }
  }

  /** Ends all: nobody renews any more. */
  @Override
  public void close() {
    children.close();
  }

  private HostOrder order(Strain strain) throws IOException {
    return switch (strain) {
      case Strain.Cpu(double share, Optional<Integer> cores) ->
          new HostOrder.Cpu(share, cores.orElse(0));
      case Strain.Memory(long bytes, long leave) -> new HostOrder.Memory(bytes, leave);
      case Strain.Disk(String at, Optional<Long> size, long leave) ->
          new HostOrder.Disk(rooms.folder(at), size.orElse(0L), leave);
      case Strain.Io(String at, int workers, long size, long leave) ->
          new HostOrder.Io(rooms.folder(at), workers, size, leave);
      case Strain.Ports(int leave, Optional<String> network) ->
          new HostOrder.Ports(leave, network.map(Path::of));
      case ContainerStrain _ ->
          throw new IllegalArgumentException("an agent in the cluster takes what containers have");
    };
  }

  private StrainReading ofOthers(Query.StrainStatus query) throws IOException {
    if (!strays(query.name()).isEmpty()) {
      return new StrainReading(true, 0, 0, 0);
    }
    MachineRoom room = rooms.room(query.what());
    return StrainReading.free((double) room.disk().map(DiskRoom::free).orElse(room.memory()));
  }

  private List<Bearer<HostMark>> strays(String name) {
    return HostMark.of(run).stream().filter(one -> one.mark().name().equals(name)).toList();
  }

  private static StrainReading strain(HostReading reading) {
    return new StrainReading(true, reading.asked(), reading.held(), reading.left());
  }
}
