package dev.faultline.node.packet.engine;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.kernel.KernelException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Disturbs packets of a network namespace.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>All rules are in one table that the kernel has bound to this process: nobody else can
 *       change it, and when this process ends, however it ends, the table is gone, and packets pass
 *       as if it had never been there.
 *   <li>Rules choose packets only while the lease lives, which the kernel ends by its own clock
 *       when {@link #renew()} is not called in time.
 *   <li>Packets that are held when this process is killed are lost; there are never more of a fault
 *       than {@link PacketSettings#mostHeld()}. Those held when a fault ends pass at once.
 *   <li>When the engine is too slow for the packets that come, the kernel passes those on that find
 *       no room.
 *   <li>Marks, connections and rules of others are not touched. Engines do not meet: each has a
 *       table, queues and a mark of its own.
 * </ol>
 *
 * <p>Needs Linux 5.12 or newer, nf_tables with NFQUEUE, and CAP_NET_ADMIN, CAP_NET_RAW, and for
 * another namespace CAP_SYS_ADMIN; no program. One thread does everything. Thread-safe.
 */
public final class PacketEngine implements AutoCloseable {

  private static final long ANSWER_SECONDS = 20;
  private static final long LONGEST_TURN = 1_000_000_000;

  private interface Question<T> {
    T ask(Works works) throws KernelException, PacketRefused;
  }

  private record Task<T>(Question<T> question, CompletableFuture<T> answer) {
    void run(Works works) {
      try {
        answer.complete(question.ask(works));
      } catch (KernelException | PacketRefused refused) {
        answer.completeExceptionally(refused);
      }
    }

    void refuse() {
      answer.completeExceptionally(new PacketRefused("the engine has ended"));
    }
  }

  private final PacketSettings settings;
  private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Works> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean over;

  private PacketEngine(PacketSettings settings) {
    this.settings = settings;
    this.thread =
        Thread.ofPlatform().daemon().name("packets-" + settings.run()).unstarted(this::run);
  }

  /**
   * Starts without a fault.
   *
   * @throws PacketRefused when packets cannot be disturbed there, with the reason
   */
  public static PacketEngine start(PacketSettings settings) throws PacketRefused {
    PacketEngine engine = new PacketEngine(settings);
    engine.thread.start();
    wait(engine.opened);
    return engine;
  }

  /** The name of the table, by which {@code nft list ruleset} shows it. */
  public String table() throws PacketRefused {
    return ask(Works::table);
  }

  /**
   * Puts a fault in force, or changes one: it is in force when this returns.
   *
   * @param name a fault that has it is replaced in the same moment; what that one held leaves when
   *     it would have, or at once if the new one is of another nature
   * @throws PacketRefused when it cannot be; then all is as before
   */
  public void put(String name, PacketFault fault) throws PacketRefused {
    ask(
        works -> {
          works.put(name, fault);
          return true;
        });
  }

  /**
   * Ends a fault: new packets pass untouched when this returns, and those that were held have gone.
   *
   * @return what it did; empty when there is none of this name
   */
  public Optional<PacketReading> remove(String name) throws PacketRefused {
    return ask(works -> works.remove(name));
  }

  /** What the faults in force did so far, by their names. */
  public Map<String, PacketReading> readings() throws PacketRefused {
    return ask(Works::readings);
  }

  /** Prolongs the lease to its full length. */
  public void renew() throws PacketRefused {
    ask(
        works -> {
          works.renew();
          return true;
        });
  }

  /** Completed when the engine is over, with the failure if it was one. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /**
   * Ends all faults, as {@link #remove} does, and the engine. May be called twice. Whatever goes
   * wrong, the kernel takes the rules away; {@link #ended()} tells.
   */
  @Override
  public void close() {
    over = true;
    wake();
    ended.handle((_, _) -> true).completeOnTimeout(false, ANSWER_SECONDS, TimeUnit.SECONDS).join();
  }

  private void run() {
    String name =
        "faultline_%s_%d_%d"
            .formatted(
                settings.run().replaceAll("[^A-Za-z0-9]", "_"),
                ProcessHandle.current().pid(),
                Thread.currentThread().threadId());
    try (Works works = Works.open(settings, name)) {
      opened.complete(works);
      while (!over) {
        for (Task<?> task; (task = tasks.poll()) != null; ) {
          task.run(works);
        }
        works.turn(LONGEST_TURN);
      }
      works.undo();
    } catch (KernelException | RuntimeException | Error failure) {
      opened.completeExceptionally(failure);
      ended.completeExceptionally(failure);
    } finally {
      over = true;
      ended.complete(null);
      tasks.forEach(Task::refuse);
    }
  }

  private <T> T ask(Question<T> question) throws PacketRefused {
    Task<T> task = new Task<>(question, new CompletableFuture<>());
    tasks.add(task);
    wake();
    if (ended.isDone()) {
      task.refuse();
    }
    return wait(task.answer());
  }

  private void wake() {
    CompletableFuture<Void> _ = opened.thenAccept(works -> works.poll().wake());
  }

  private static <T> T wait(CompletableFuture<T> answer) throws PacketRefused {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
      if (cause instanceof PacketRefused refused) {
        throw refused;
      }
      throw new PacketRefused(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException late) {
      throw new PacketRefused("the engine did not answer in time", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PacketRefused("interrupted", interrupted);
    }
  }
}
