package dev.faultline.environment.kubernetes.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.text.PacketOrder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An agent in an ephemeral container of the pod itself, attached to by its standard input and
 * output: when this connection ends, for whatever reason, it undoes all at once.
 */
final class Guest implements PodDisturber {

  private static final String END = "";

  private final GuestContainer container;
  private final ExecWatch attached;
  private final Duration timeout;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final AtomicLong marks = new AtomicLong();

  private Guest(GuestContainer container, ExecWatch attached, Duration timeout) {
    this.container = container;
    this.attached = attached;
    this.timeout = timeout;
    Thread.ofVirtual().name("guest").start(this::listen);
  }

  /**
   * Speaks with an agent that waits for its settings, and waits until it is ready.
   *
   * @throws AgentTrouble when it refuses, or does not answer in time
   */
  static Guest begin(
      GuestContainer container, ExecWatch attached, List<String> settings, Duration timeout)
      throws AgentTrouble, InterruptedException {
    Guest guest = new Guest(container, attached, timeout);
    guest.tell(settings);
    String first = guest.line();
    if (!first.startsWith("ready ")) {
      throw AgentTrouble.over(
          "the agent %s cannot start: %s"
              .formatted(container.words(), first.replaceFirst("^refused ", "")));
    }
    return guest;
  }

  /** From inside of the pod nobody knows. */
  @Override
  public List<InetAddress> node() {
    return List.of();
  }

  @Override
  public String name() {
    return container.name();
  }

  @Override
  public synchronized void put(String fault, PacketFault what)
      throws AgentTrouble, InterruptedException {
    AgentLog answers = ask(new PacketOrder.Put(fault, what));
    if (!answers.isInForce(fault)) {
      throw refused(answers);
    }
  }

  @Override
  public synchronized Optional<PacketReading> remove(String fault)
      throws AgentTrouble, InterruptedException {
    return ask(new PacketOrder.Remove(fault)).removed(fault);
  }

  @Override
  public synchronized Map<String, PacketReading> readings()
      throws AgentTrouble, InterruptedException {
    return ask(new PacketOrder.Read()).readings();
  }

  @Override
  public synchronized void renew() throws AgentTrouble, InterruptedException {
    AgentLog answers = ask(new PacketOrder.Renew());
    if (!answers.isRenewed()) {
      throw refused(answers);
    }
  }

  @Override
  public boolean end(Duration within) throws AgentTrouble, InterruptedException {
    attached.close();
    return container.awaitEnd(within);
  }

  private AgentLog ask(PacketOrder order) throws AgentTrouble, InterruptedException {
    PacketOrder.Mark mark = new PacketOrder.Mark(marks.incrementAndGet());
    tell(List.of(order.text(), mark.text()));
    List<String> answers = new ArrayList<>();
    for (String line = line(); !line.equals("marked " + mark.number()); line = line()) {
      answers.add(line);
    }
    return new AgentLog(answers);
  }

  private AgentTrouble refused(AgentLog answers) {
    return AgentTrouble.of("the agent %s: %s".formatted(container.words(), answers.refusal()));
  }

  private void tell(List<String> lines) throws AgentTrouble {
    try {
      OutputStream to = attached.getInput();
      to.write((String.join("\n", lines) + "\n").getBytes(US_ASCII));
      to.flush();
    } catch (IOException lost) {
      throw lost("the connection is lost");
    }
  }

  private String line() throws AgentTrouble, InterruptedException {
    String line =
        Optional.ofNullable(said.poll(timeout.toNanos(), TimeUnit.NANOSECONDS))
            .orElseThrow(() -> lost("no answer within %d s".formatted(timeout.toSeconds())));
    if (line.equals(END)) {
      said.add(END);
      throw lost("the connection is lost");
    }
    return line;
  }

  /** What it would say later would be taken for the answer to something else; so it ends. */
  private AgentTrouble lost(String why) {
    attached.close();
    return AgentTrouble.of("the agent %s: %s".formatted(container.words(), why));
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(attached.getOutput(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException over) {
      said.add("refused " + over.getMessage());
    } finally {
      said.add(END);
    }
  }
}
