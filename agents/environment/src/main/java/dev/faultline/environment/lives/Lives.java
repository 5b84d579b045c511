package dev.faultline.environment.lives;

import dev.faultline.node.Child;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ChildStartException;
import dev.faultline.node.Children;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives life to the processes of a lab, and takes it.
 *
 * <p>After {@link #end} nothing is started any more, and of what was started nothing lives: neither
 * the processes nor what they have started, unless it hides in a session of its own behind a dead
 * parent. When this JVM dies, the kernel kills the processes themselves, and a {@link SessionGuard}
 * what they have started in their groups. Thread-safe.
 */
public final class Lives {

  private static final Duration GRACE = Duration.ofMillis(1500);
  private static final Duration REAPING = Duration.ofSeconds(2);

  private final Children children = new Children();
  private final List<Child> started = new ArrayList<>();
  private @Nullable SessionGuard guard;
  private volatile boolean over;

  /**
   * Starts a process, which gets an empty standard input.
   *
   * @throws InterruptedException when nothing is to be started any more
   */
  public synchronized Child start(ChildSpec spec) throws ChildStartException, InterruptedException {
    if (over) {
      throw new InterruptedException("the lab has ended");
    }
    Child child = children.start(spec);
    guard(child);
    started.add(child);
    closeInput(child.process());
    return child;
  }

  /** Ends what a process that has ended left in its session: it may hold the ports. */
  public synchronized void clearAfter(Child ended) {
    new Session(ended.identity()).others().forEach(left -> left.signal(PosixSignal.KILL));
    started.remove(ended);
    if (guard != null) {
      guard.without(ended.identity());
    }
  }

  /** Whether the lab is ending or has ended: ends of processes mean nothing any more. */
  public boolean areOver() {
    return over;
  }

  /** From now on ends of processes mean nothing, and nothing is started. */
  public void announceEnd() {
    over = true;
  }

  /** Ends all, politely first, and waits for it. May be called twice. */
  public synchronized void end() throws InterruptedException {
    over = true;
    Set<ProcessIdentity> all = new LinkedHashSet<>();
    for (Child child : started) {
      all.add(child.identity());
      all.addAll(new Session(child.identity()).others());
      try (Stream<ProcessHandle> theirs = child.process().descendants()) {
        theirs.flatMap(handle -> ProcessIdentity.of(handle.pid()).stream()).forEach(all::add);
      }
    }
    started.forEach(Lives::askToEnd);
    awaitEnd(all, GRACE);
    all.forEach(process -> process.signal(PosixSignal.KILL));
    awaitEnd(all, REAPING);
    started.clear();
    children.close();
    if (guard != null) {
      guard.close();
    }
  }

  private void guard(Child child) throws ChildStartException {
    try {
      if (guard == null) {
        guard = SessionGuard.start();
      }
      guard.with(child.identity());
    } catch (IOException failure) {
      child.process().destroyForcibly();
      throw new ChildStartException(
          ChildStartException.Reason.FAILED, "nothing would end what it starts", failure);
    }
  }

  private static void askToEnd(Child child) {
    // What is frozen would act on a request only after it was thawed.
    if (child.identity().state() == ProcessState.STOPPED) {
      child.process().destroyForcibly();
    } else {
      child.process().destroy();
    }
  }

  private static void awaitEnd(Set<ProcessIdentity> all, Duration bound)
      throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    for (ProcessIdentity process : all) {
      while (process.state() != ProcessState.GONE && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyEnded) {
      // Nobody will read it.
    }
  }
}
