package dev.faultline.node.relay;

import dev.faultline.node.relay.StreamFault.Refuse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Accepts connections and hands them to loops in turn. Belongs to the first loop's thread. */
final class Door implements Loop.Ready {

  /** After so many others get their turn. */
  private static final int AT_ONCE = 64;

  /** What is scarce, as open files are, gets so long to be there again. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final ServerSocketChannel channel;
  private final InetSocketAddress target;
  private final List<Loop> loops;
  private final Counters counters;
  private final SelectionKey key;
  private final Timer again;
  private long number;

  private Door(
      ServerSocketChannel channel, InetSocketAddress target, List<Loop> loops, Counters counters)
      throws IOException {
    this.channel = channel;
    this.target = target;
    this.loops = loops;
    this.counters = counters;
    this.key = loops.getFirst().register(channel, 0, this);
    this.again = loops.getFirst().timers().timer(this::accept);
  }

  /** Opens it. The first loop must not run yet. */
  static void open(
      ServerSocketChannel channel, InetSocketAddress target, List<Loop> loops, Counters counters)
      throws IOException {
    new Door(channel, target, loops, counters).accept();
  }

  private void accept() {
    key.interestOps(SelectionKey.OP_ACCEPT);
  }

  @Override
  public void ready(SelectionKey ready) {
    for (int left = AT_ONCE; left > 0; left--) {
      try {
        Optional<SocketChannel> client = Optional.ofNullable(channel.accept());
        if (client.isEmpty()) {
          return;
        }
        pass(client.get());
      } catch (ClosedChannelException over) {
        return;
      } catch (IOException tooManyFiles) {
        key.interestOps(0);
        loops.getFirst().timers().set(again, Ticks.now() + PAUSE);
        return;
      }
    }
  }

  private void pass(SocketChannel client) {
    long its = number++;
    counters.accepted();
    Optional<Active> refusal =
        loops.getFirst().faults().stream()
            .filter(active -> active.fault().fault() instanceof Refuse && active.hits(its))
            .findFirst();
    if (refusal.isPresent()) {
      refusal.get().tally().connection();
      Endpoint.reset(client);
      counters.refused();
      return;
    }
    Loop loop = loops.get((int) (its % loops.size()));
    if (loop == loops.getFirst()) {
      Connection.open(its, client, target, loop, counters);
    } else {
      loop.post(() -> Connection.open(its, client, target, loop, counters));
    }
  }
}
