package dev.faultline.node.host;

import dev.faultline.node.Child;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@link HostHolder} that runs. Whoever has it must call {@link #renew()} well before the lease
 * ends, such as at a third of it. One that does not answer in time is killed, which frees what it
 * holds. Thread-safe; renewing waits for no answer.
 */
public final class RunningHolder implements AutoCloseable {

  private static final String END = "";
  private static final String FAILED = "failed ";

  private final Child child;
  private final Writer input;
  private final Duration timeout;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile Optional<String> failure = Optional.empty();

  private RunningHolder(Child child, Duration timeout) {
    this.child = child;
    this.timeout = timeout;
    this.input = child.process().outputWriter();
    Thread.ofVirtual().name("holder-answers").start(this::listen);
  }

  static RunningHolder begin(Child child, String order, Duration timeout) throws HolderException {
    RunningHolder running = new RunningHolder(child, timeout);
    try {
      running.tell(order);
      String answer = running.answer();
      if (!answer.equals("ready")) {
        throw new HolderException(answer);
      }
      return running;
    } catch (HolderException refused) {
      running.close();
      throw refused;
    }
  }

  /** The process: to kill it frees all that it holds. */
  public ProcessIdentity identity() {
    return child.identity();
  }

  /** Whether it lives. */
  public boolean lives() {
    return child.identity().state() != ProcessState.GONE;
  }

  /** Why it could not hold what it was asked to, where it said so. */
  public Optional<String> failure() {
    return failure;
  }

  /** Prolongs the lease to its full length. */
  public void renew() throws HolderException {
    tell("renew");
  }

  /** What is held at this moment. */
  public synchronized HostReading read() throws HolderException {
    tell("read");
    String answer = answer();
    if (!answer.startsWith("reading ")) {
      throw new HolderException(answer);
    }
    return HostReading.parse(answer.substring("reading ".length()));
  }

  /** Ends it, and waits until what it held is free; bounded by twice its timeout. */
  @Override
  public void close() {
    try {
      input.close();
      if (!child.process().waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (IOException gone) {
      kill();
    } catch (InterruptedException interrupted) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    Process process = child.process().destroyForcibly();
    process.onExit().completeOnTimeout(process, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private void tell(String line) throws HolderException {
    try {
      synchronized (input) {
        input.write(line + "\n");
        input.flush();
      }
    } catch (IOException gone) {
      throw new HolderException(failure.orElse("its process has ended"), gone);
    }
  }

  private String answer() throws HolderException {
    try {
      String line =
          Optional.ofNullable(answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS)).orElse(END);
      if (line.equals(END)) {
        // What it says later would be taken for the answer to something else.
        child.process().destroyForcibly();
        answers.add(END);
        throw new HolderException(failure.orElse("its process has ended, or does not answer"));
      }
      return line;
    } catch (InterruptedException interrupted) {
      child.process().destroyForcibly();
      Thread.currentThread().interrupt();
      throw new HolderException("interrupted", interrupted);
    }
  }

  private void listen() {
    try (BufferedReader lines = child.process().inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(FAILED)) {
          failure = Optional.of(line.substring(FAILED.length()));
        } else {
          answers.add(line);
        }
      }
    } catch (IOException ended) {
      failure = failure.or(() -> Optional.of(String.valueOf(ended.getMessage())));
    } finally {
      answers.add(END);
    }
  }
}
