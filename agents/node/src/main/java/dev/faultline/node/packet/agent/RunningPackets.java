package dev.faultline.node.packet.agent;

import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.text.PacketOrder;
import dev.faultline.node.packet.text.ReadingText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@link PacketAgent} that runs. Whoever has it must call {@link #renew()} well before the lease
 * ends, such as at a third of it. An agent that does not answer in time is killed, which undoes
 * all. Thread-safe; one order at a time.
 */
public final class RunningPackets implements AutoCloseable {

  private static final String END = "";

  private final Process process;
  private final ProcessIdentity identity;
  private final Writer input;
  private final Duration timeout;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private boolean closed;

  private RunningPackets(Process process, ProcessIdentity identity, Duration timeout) {
    this.process = process;
    this.identity = identity;
    this.timeout = timeout;
    this.input = process.outputWriter();
    Thread.ofVirtual().name("packets-answers").start(this::listen);
  }

  static RunningPackets begin(Process process, List<String> settings, Duration timeout)
      throws PacketRefused {
    Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
    if (identity.isEmpty()) {
      throw new PacketRefused("the agent ended at once");
    }
    RunningPackets running = new RunningPackets(process, identity.get(), timeout);
    try {
      running.tell(String.join("\n", settings));
      running.expect("ready ");
      return running;
    } catch (PacketRefused refused) {
      running.kill();
      throw refused;
    }
  }

  /** The process, for a journal: to kill it undoes all. */
  public ProcessIdentity identity() {
    return identity;
  }

  /**
   * Puts a fault in force, or changes one: it is in force when this returns.
   *
   * @throws PacketRefused when it cannot be; then all is as before, unless the agent has ended
   */
  public synchronized void put(String name, PacketFault fault) throws PacketRefused {
    ask(new PacketOrder.Put(name, fault), "in-force ");
  }

  /**
   * Ends a fault.
   *
   * @return what it did
   * @throws PacketRefused when there is none of this name, or the agent has ended
   */
  public synchronized PacketReading remove(String name) throws PacketRefused {
    return ReadingText.parse(ask(new PacketOrder.Remove(name), "removed " + name + " "));
  }

  /** What the faults did so far, by their names. */
  public synchronized Map<String, PacketReading> readings() throws PacketRefused {
    Map<String, PacketReading> readings = new TreeMap<>();
    tell(new PacketOrder.Read().text());
    for (String line = answer(); !line.equals("end"); line = answer()) {
      String[] words = line.split(" ", 3);
      if (!words[0].equals("reading")) {
        throw new PacketRefused(line);
      }
      readings.put(words[1], ReadingText.parse(words[2]));
    }
    return readings;
  }

  /** Prolongs the lease to its full length. */
  public synchronized void renew() throws PacketRefused {
    ask(new PacketOrder.Renew(), "renewed");
  }

  /**
   * Ends all faults and the agent; an agent that does not answer is killed, which ends them too.
   *
   * @return whether the agent said that all is undone
   */
  public synchronized boolean end() {
    if (closed) {
      return false;
    }
    closed = true;
    boolean undone = false;
    try {
      input.close();
      while (!undone) {
        undone = answer().equals("undone");
      }
      undone &=
          process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } catch (IOException gone) {
      undone = false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    kill();
    return undone;
  }

  @Override
  public void close() {
    boolean _ = end();
  }

  private String ask(PacketOrder order, String right) throws PacketRefused {
    tell(order.text());
    return expect(right);
  }

  private String expect(String right) throws PacketRefused {
    String line = answer();
    if (!line.startsWith(right)) {
      throw new PacketRefused(line.replaceFirst("^refused ", ""));
    }
    return line.substring(right.length());
  }

  private void tell(String lines) throws PacketRefused {
    try {
      input.write(lines + "\n");
      input.flush();
    } catch (IOException gone) {
      throw new PacketRefused("the agent has ended", gone);
    }
  }

  private String answer() throws PacketRefused {
    try {
      String line =
          Optional.ofNullable(answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS)).orElse(END);
      if (line.equals(END)) {
        // What it says later would be taken for the answer to something else.
        process.destroyForcibly();
        throw new PacketRefused("the agent has ended, or does not answer");
      }
      return line;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PacketRefused("interrupted", interrupted);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException ended) {
      answers.add("refused " + ended.getMessage());
    } finally {
      answers.add(END);
    }
  }

  private void kill() {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
