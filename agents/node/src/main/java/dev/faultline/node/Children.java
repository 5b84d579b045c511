package dev.faultline.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.faultline.node.ChildStartException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts programs that must not outlive this process: the kernel kills them when it dies, however
 * it dies.
 *
 * <p>The kernel binds them to the <em>thread</em> that started them, so all are started from one
 * thread that ends only with {@link #close()} or with this process. Not bound are what the children
 * start themselves, and programs with file capabilities (which cannot be told beforehand; setuid
 * and setgid programs are refused). Thread-safe.
 */
public final class Children implements AutoCloseable {

  private static final Duration EXEC_BOUND = Duration.ofSeconds(5);
  private static final Duration SETTLE_BOUND = EXEC_BOUND.multipliedBy(3);
  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;

  // Not newSingleThreadExecutor: that one ends its thread when it becomes unreachable.
  private final ExecutorService starter =
      Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().name("children").factory());
  private final Set<Process> living = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts a program; when this returns, it has been executed.
   *
   * <p>An exit with 126 or 127 before it was ever seen to run counts as a failure to execute it.
   *
   * <p>An interrupt does not make this return before the start has been taken back (within bounds:
   * 15 s), and stays set. The program may have run for a moment by then, but does not any more.
   *
   * @throws ChildStartException when it could not be started
   * @throws IllegalStateException after {@link #close()}
   */
  public Child start(ChildSpec spec) throws ChildStartException {
    CompletableFuture<Child> result = new CompletableFuture<>();
    CompletableFuture<Void> settled;
    try {
      settled = CompletableFuture.runAsync(() -> launch(spec, result), starter);
    } catch (RejectedExecutionException refused) {
      throw new IllegalStateException("closed", refused);
    }
    try {
      return result.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ChildStartException refused) {
        throw refused;
      }
      throw new ChildStartException(Reason.FAILED, "cannot start " + spec.argv(), failure);
    } catch (InterruptedException interrupted) {
      var failure = new ChildStartException(Reason.FAILED, "interrupted", interrupted);
      takeBack(result, settled, failure);
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** Kills all that still live, also what is being started meanwhile, and ends the thread. */
  @Override
  public void close() {
    closed = true;
    starter.shutdown();
    awaitStarter();
    living.forEach(Process::destroyForcibly);
  }

  private void awaitStarter() {
    long deadline = System.nanoTime() + SETTLE_BOUND.toNanos();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended && System.nanoTime() - deadline < 0) {
      try {
        starter.awaitTermination(deadline - System.nanoTime(), NANOSECONDS);
        ended = true;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on nobody gets the child: whichever thread has it kills it. */
  private static void takeBack(
      CompletableFuture<Child> result, CompletableFuture<Void> settled, Exception why) {
    if (!result.completeExceptionally(why) && !result.isCompletedExceptionally()) {
      kill(result.join().process());
    }
    settled.completeOnTimeout(null, SETTLE_BOUND.toSeconds(), SECONDS).join();
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, EXEC_BOUND.toSeconds(), SECONDS).join();
  }

  private void launch(ChildSpec spec, CompletableFuture<Child> result) {
    try {
      requireWanted(result);
      Child child = launchWhileWanted(spec, result);
      if (closed || !result.complete(child)) {
        kill(child.process());
        requireWanted(result);
      }
    } catch (Throwable failure) { // whoever waits must learn of it
      result.completeExceptionally(failure);
    }
  }

  private void requireWanted(CompletableFuture<Child> result) throws ChildStartException {
    if (closed || result.isDone()) {
      throw new ChildStartException(Reason.FAILED, closed ? "closed" : "interrupted");
    }
  }

  private Child launchWhileWanted(ChildSpec spec, CompletableFuture<Child> result)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder()
            .directory(spec.directory().toFile())
            .redirectOutput(spec.stdout().redirect())
            .redirectError(spec.stderr().redirect());
    BoundCommand command =
        BoundCommand.of(spec, builder.environment().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().putAll(spec.environment());
    Process process = builder.command(command.words()).start();
    living.removeIf(ended -> !ended.isAlive());
    living.add(process);
    try {
      requireWanted(result);
      return admit(process, command);
    } catch (IOException | InterruptedException failure) {
      kill(process);
      throw failure;
    }
  }

  /** Lets the child pass its gate, once it is known for certain who it is. */
  private static Child admit(Process process, BoundCommand command)
      throws IOException, InterruptedException {
    ProcessIdentity identity =
        ProcessIdentity.of(process.pid())
            .orElseThrow(
                () -> new ChildStartException(Reason.MISSING_TOOL, "setpriv ended at once"));
    try {
      process.getOutputStream().write((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException broken) {
      throw new ChildStartException(
          Reason.MISSING_TOOL, "setpriv did not execute (too old for --pdeathsig?)", broken);
    }
    awaitExec(process, command);
    return new Child(identity, process);
  }

  private static void awaitExec(Process process, BoundCommand command)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    List<String> before = List.of();
    while (true) {
      List<String> words = commandLine(process);
      // Read twice: what is read in the middle of an exec may be torn.
      if (!words.isEmpty() && !command.onTheWay(words) && words.equals(before)) {
        return;
      }
      before = words;
      if (!process.isAlive()) {
        requireExecuted(process.exitValue(), command);
        return;
      }
      if (System.nanoTime() - began > EXEC_BOUND.toNanos()) {
        throw new ChildStartException(Reason.FAILED, "not executed in time: " + command.argv());
      }
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  private static void requireExecuted(int exit, BoundCommand command) throws ChildStartException {
    if (exit == CANNOT_EXECUTE || exit == NOT_FOUND) {
      throw new ChildStartException(
          Reason.NOT_EXECUTABLE, "cannot execute " + command.argv() + " (exit " + exit + ")");
    }
  }

  private static List<String> commandLine(Process process) {
    try {
      return CommandLine.of(process.pid());
    } catch (IOException ended) {
      return List.of();
    }
  }
}
