package dev.faultline.environment.hands;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.ArmFuse;
import dev.faultline.model.world.Action.DisarmFuse;
import dev.faultline.model.world.Action.FireFuse;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.FuseStatus;
import dev.faultline.node.Armed;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.FuseProcess;
import dev.faultline.node.FuseProcesses;
import dev.faultline.node.FuseStartException;
import dev.faultline.node.Lease;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The fuses of a run, each with a lease of its own, so that one can be ended alone.
 *
 * <p>A fuse that an earlier process of the same run has armed is found by its marks on the host. It
 * can be asked for and killed; its lease is not renewed, as the run of that process is over.
 * Renewing waits for nothing, not even for a fuse that is being armed. Thread-safe.
 */
final class Fuses implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(15);

  private final String runId;
  private final FuseFiles files;
  private final FuseOrders orders;
  private final FuseLauncher launcher;
  private final ConcurrentMap<String, OwnFuse> own = new ConcurrentHashMap<>();

  Fuses(RunPlace place, CommandSetting setting) {
    this.runId = place.runId();
    this.files = new FuseFiles(place.folder());
    this.orders = new FuseOrders(place.runId(), setting);
    this.launcher = new FuseLauncher(place.java(), FuseLauncher.likeThisProcess().classPath());
  }

  synchronized Effect arm(ArmFuse action) {
    String name = action.name();
    Optional<OwnFuse> armed = Optional.ofNullable(own.get(name)).filter(OwnFuse::inForce);
    if (armed.isPresent()) {
      return armed.get().arm().equals(action)
          ? new Effect.Done("fuse %s was armed already".formatted(name))
          : new Effect.Failed("another fuse is armed under the name %s".formatted(name));
    }
    try {
      FuseOrder order = orders.order(action, files.unused(name));
      Lease lease = Lease.create(order.lease());
      // Known before it is armed, so that its lease is renewed while it starts.
      own.put(name, new OwnFuse(action, lease, Optional.empty()));
      Armed fuse = start(name, order, lease);
      own.put(name, new OwnFuse(action, lease, Optional.of(fuse)));
      return new Effect.Done(
          "fuse %s is armed; it acts within %d ms of the last renewal"
              .formatted(name, order.firesWithin().toMillis()));
    } catch (IllegalArgumentException | IOException failure) {
      return new Effect.Failed("cannot arm fuse %s: %s".formatted(name, failure.getMessage()));
    }
  }

  Effect renew() {
    List<Effect> troubles =
        own.values().stream().map(OwnFuse::renew).flatMap(Optional::stream).toList();
    return troubles.stream()
        .filter(Effect.Failed.class::isInstance)
        .findFirst()
        .or(() -> troubles.stream().findFirst())
        .orElseGet(() -> new Effect.Done("renewed %d leases".formatted(own.size())));
  }

  synchronized Effect disarm(DisarmFuse action) {
    String name = action.name();
    try {
      // Out of the renewals first: a fuse that ends now has not been lost.
      Optional<OwnFuse> mine = Optional.ofNullable(own.remove(name));
      if (mine.isPresent()) {
        mine.get().end();
      }
      List<FuseProcess> strays = strays(name);
      for (FuseProcess stray : strays) {
        OwnFuse.kill(stray.identity());
      }
      String found = mine.isPresent() || !strays.isEmpty() ? "is disarmed" : "was not armed";
      return files
          .fired(name)
          .<Effect>map(fired -> new Effect.Superseded(OwnFuse.words(name, fired)))
          .orElseGet(() -> new Effect.Done("fuse %s %s".formatted(name, found)));
    } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
      return new Effect.Failed("cannot disarm fuse %s: %s".formatted(name, failure.getMessage()));
    }
  }

  Answer status(FuseStatus query) {
    try {
      OwnFuse mine = own.get(query.name());
      return new Answer.FuseIs(
          mine != null
              ? mine.inForce()
              : strays(query.name()).stream()
                  .anyMatch(stray -> stray.identity().state() == ProcessState.RUNNING));
    } catch (UncheckedIOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE, "processes are not shown to us: " + hidden.getMessage());
    }
  }

  /** Lets a fuse undo at once, and waits until it has. */
  synchronized Effect fire(FireFuse action) {
    try {
      for (FuseProcess fuse : strays(action.name())) {
        OwnFuse.end(fuse.identity(), PosixSignal.TERM);
      }
      return files
          .fired(action.name())
          .<Effect>map(fired -> new Effect.Done(OwnFuse.words(action.name(), fired)))
          .orElseGet(() -> new Effect.Superseded("fuse %s was not armed".formatted(action.name())));
    } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
      return new Effect.Failed(
          "cannot fire fuse %s: %s".formatted(action.name(), failure.getMessage()));
    }
  }

  /**
   * The fuses of this run that watch, whoever armed them, by name.
   *
   * @throws UncheckedIOException when processes are not shown to us
   */
  List<String> marks() {
    return FuseProcesses.find(runId).stream()
        .filter(fuse -> files.holds(fuse.lease()))
        .map(FuseProcess::fault)
        .toList();
  }

  /** Nobody renews any more: whatever is still armed will act. */
  @Override
  public void close() {
    own.values().forEach(OwnFuse::forsake);
  }

  private Armed start(String name, FuseOrder order, Lease lease) throws IOException {
    try {
      return launcher.start(order, START);
    } catch (FuseStartException refused) {
      own.remove(name);
      try (lease) {
        lease.release();
      }
      throw refused;
    }
  }

  /** Anybody can give a process the marks of a fuse, so only those with a lease of ours count. */
  private List<FuseProcess> strays(String name) {
    return FuseProcesses.find(runId).stream()
        .filter(fuse -> fuse.fault().equals(name) && files.holds(fuse.lease()))
        .toList();
  }
}
