package dev.faultline.node.packet.agent;

import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.engine.PacketEngine;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.text.PacketOrder;
import dev.faultline.node.packet.text.ReadingText;
import dev.faultline.node.packet.text.SettingsText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The program that disturbs packets for a run.
 *
 * <ol>
 *   <li>It reads {@link SettingsText} from standard input, and answers {@code ready TABLE}, or
 *       {@code refused REASON} and ends with 5. Rubbish: ends with 2.
 *   <li>Each {@link PacketOrder} is a line, and is answered by one: {@code in-force NAME}, {@code
 *       removed NAME READING}, {@code renewed}, {@code marked NUMBER}, {@code refused REASON}.
 *       {@code read} is answered by {@code reading NAME READING} for each fault, and {@code end}.
 *   <li>The end of input undoes everything; then it says {@code undone} and ends with 0, or with 7
 *       when it cannot say so. TERM, INT and HUP undo too.
 *   <li>A lease that is not renewed does the same at nine tenths of its time, with {@code expired}
 *       and 1.
 * </ol>
 *
 * <p>At the end of the lease the kernel stops choosing packets, and kills this process if it still
 * lives: stopped (SIGSTOP, a frozen cgroup) or hanging, it cannot keep the packets that it holds.
 * Killed at any time it leaves nothing: the kernel has bound all that it made to it.
 */
public final class PacketAgent {

  private static final int USAGE = 2;
  private static final int NOT_READY = 5;
  private static final int NOT_PROVEN = 7;

  private final PacketEngine engine;
  private final Kernel kernel;
  private final int timer;
  private final Duration lease;
  private final LeaseWatch watch;
  private final PrintStream out;

  private PacketAgent(PacketSettings settings, PacketEngine engine, Kernel kernel, PrintStream out)
      throws KernelException {
    this.engine = engine;
    this.kernel = kernel;
    this.lease = settings.lease();
    this.out = out;
    this.timer = kernel.armDeath(lease);
    this.watch = new LeaseWatch(lease.multipliedBy(9).dividedBy(10), System.nanoTime());
  }

  /** Runs until the input ends or the lease does. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(System.in, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
  }

  /**
   * Does what the program does, with this input and output; the process must end then, by the
   * number that is returned.
   */
  public static int run(InputStream input, PrintStream out) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII));
    PacketSettings settings;
    try {
      settings =
          ControlConnection.spare(
              settings(in), Optional.ofNullable(System.getenv("SSH_CONNECTION")));
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + oneLine(rubbish));
      return USAGE;
    }
    try {
      return serve(settings, in, out);
    } catch (PacketRefused | KernelException refused) {
      out.println("refused " + oneLine(refused));
      return NOT_READY;
    }
  }

  private static PacketSettings settings(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      if (line.equals(SettingsText.BEGIN) || lines.size() == SettingsText.MOST_LINES) {
        break;
      }
    }
    return SettingsText.parse(lines);
  }

  private static int serve(PacketSettings settings, BufferedReader in, PrintStream out)
      throws IOException {
    PacketEngine engine = PacketEngine.start(settings);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      PacketAgent agent = new PacketAgent(settings, engine, new Kernel(), out);
      WarmUp.of(engine);
      agent.renew();
      out.println("ready " + engine.table());
      Thread.ofPlatform().daemon().name("packets-input").start(() -> agent.follow(in));
      boolean asked = agent.watch.await();
      engine.close();
      return agent.end(asked);
    } finally {
      engine.close();
    }
  }

  private int end(boolean asked) {
    try {
      engine.ended().get();
      out.println(asked ? "undone" : "expired");
      return asked ? 0 : 1;
    } catch (ExecutionException failure) {
      out.println("refused " + oneLine(failure));
      return NOT_PROVEN;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return NOT_PROVEN;
    }
  }

  private void follow(BufferedReader in) {
    try (in) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        obey(line);
      }
    } catch (IOException broken) {
      out.println("refused " + oneLine(broken));
    } finally {
      watch.end();
    }
  }

  private void obey(String line) {
    try {
      switch (PacketOrder.parse(line)) {
        case PacketOrder.Put(String name, var fault) -> {
          engine.put(name, fault);
          out.println("in-force " + name);
        }
        case PacketOrder.Remove(String name) ->
            out.println(
                engine
                    .remove(name)
                    .map(reading -> "removed " + name + " " + ReadingText.write(reading))
                    .orElse("refused there is no fault " + name));
        case PacketOrder.Read() -> read();
        case PacketOrder.Renew() -> {
          renew();
          out.println("renewed");
        }
        case PacketOrder.Mark(long number) -> out.println("marked " + number);
      }
    } catch (IllegalArgumentException | IOException refused) {
      out.println("refused " + oneLine(refused));
    }
  }

  private void read() throws PacketRefused {
    engine
        .readings()
        .forEach(
            (name, reading) -> out.println("reading " + name + " " + ReadingText.write(reading)));
    out.println("end");
  }

  /** The kernel's leases last at least as long as ours. */
  private void renew() throws PacketRefused, KernelException {
    engine.renew();
    kernel.postpone(timer, lease);
    watch.renew(System.nanoTime());
  }

  private static String oneLine(Throwable refused) {
    Throwable cause = Optional.ofNullable(refused.getCause()).orElse(refused);
    String message =
        refused instanceof ExecutionException
            ? cause.toString()
            : String.valueOf(refused.getMessage());
    return message.replaceAll("\\p{Cntrl}", "?");
  }
}
