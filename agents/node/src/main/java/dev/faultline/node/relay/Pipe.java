package dev.faultline.node.relay;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.relay.StreamFault.Bandwidth;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.HalfClose;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.StreamFault.Limit;
import dev.faultline.node.relay.StreamFault.Refuse;
import dev.faultline.node.relay.StreamFault.Reset;
import dev.faultline.node.relay.StreamFault.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The faults of a way of a connection, one behind the other in the order of {@link Active}. Belongs
 * to the loop's thread.
 */
final class Pipe {

  /** After so many pieces others get their turn. */
  private static final int AT_ONCE = 256;

  private final Consumer<Piece> out;
  private final Runnable limitReached;
  private final long salt;
  private List<Stage> stages = List.of();

  /**
   * @param out takes what has passed every fault
   * @param limitReached is called when a limit ends the connection
   * @param salt makes the chance of this way its own
   */
  Pipe(Consumer<Piece> out, Runnable limitReached, long salt) {
    this.out = out;
    this.limitReached = limitReached;
    this.salt = salt;
  }

  /** Whether nothing stands in the way. */
  boolean isEmpty() {
    return stages.isEmpty();
  }

  void offer(Piece piece) {
    pass(piece, 0);
  }

  /** Hears of bytes that are dropped because the way has ended. */
  void dropped(int length) {
    stages.forEach(stage -> stage.dropped(length));
  }

  private void pass(Piece piece, int stage) {
    if (stage < stages.size()) {
      stages.get(stage).offer(piece);
    } else {
      out.accept(piece);
    }
  }

  /** Moves all that is due, or as much of it as others can wait for. */
  void flow(long now) {
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      for (int left = AT_ONCE; left > 0 && stage.due() <= now; left--) {
        pass(stage.take(now), i + 1);
      }
    }
  }

  /** When something is due next; {@link Ticks#NEVER} for nothing. */
  long due() {
    long next = Ticks.NEVER;
    for (Stage stage : stages) {
      next = Math.min(next, stage.due());
    }
    return next;
  }

  long bytes() {
    long sum = 0;
    for (Stage stage : stages) {
      sum += stage.bytes();
    }
    return sum;
  }

  /** How many bytes it should be able to hold. */
  long room() {
    long most = 0;
    for (Stage stage : stages) {
      most = Math.max(most, stage.room());
    }
    return most;
  }

  /**
   * Puts these faults in force, and no others. What a fault that ends has held passes at once; what
   * one held that is replaced by another of its kind is held by that one, as if it had been there
   * when it came.
   *
   * @param wanted in their order
   */
  void rebuild(List<Active> wanted, long now) {
    List<Stage> before = stages;
    List<Stage> after = new ArrayList<>();
    for (Active active : wanted) {
      before.stream()
          .filter(stage -> stage.active().equals(active))
          .findFirst()
          .or(() -> stage(active, now))
          .ifPresent(after::add);
    }
    stages = List.copyOf(after);
    for (int i = before.size() - 1; i >= 0; i--) {
      Stage old = before.get(i);
      if (!after.contains(old)) {
        drain(old, now);
      }
    }
    flow(now);
  }

  private void drain(Stage old, long now) {
    int next = 0;
    while (next < stages.size() && stages.get(next).active().compareTo(old.active()) < 0) {
      next++;
    }
    boolean replaced =
        next < stages.size() && stages.get(next).active().compareTo(old.active()) == 0;
    for (Piece piece : old.release()) {
      if (!replaced) {
        piece.come(now);
      }
      pass(piece, next);
    }
  }

  private Optional<Stage> stage(Active active, long now) {
    long seed = Dice.seed(active.fault().seed(), salt);
    return switch (active.fault().fault()) {
      case Refuse _, Reset _ -> Optional.empty();
      case Limit limit -> Optional.of(new LimitStage(active, limit, now, limitReached));
      case HalfClose _ -> Optional.of(new HalfCloseStage(active, now));
      case Slice slice -> Optional.of(new SliceStage(active, slice, now));
      case Bandwidth bandwidth -> Optional.of(new BandwidthStage(active, bandwidth, now));
      case Latency latency -> Optional.of(new LatencyStage(active, latency, seed));
      case Blackhole _ -> Optional.of(new BlackholeStage(active));
    };
  }
}
