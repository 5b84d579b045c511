package dev.faultline.node.host;

import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program that takes something from the machine and holds it.
 *
 * <ol>
 *   <li>It reads a {@link HostOrder} as the first line of standard input and answers {@code ready},
 *       or {@code failed REASON} and ends with 5. Rubbish: ends with 2.
 *   <li>{@code read} is answered by {@code reading ASKED HELD LEFT}; {@code renew} by nothing.
 *   <li>What cannot be taken: {@code failed REASON}, at any time, and it ends with 1.
 *   <li>The end of input, and every signal that ends a process, end it; so does a timer of the
 *       kernel when the lease is not renewed, even if it is stopped (SIGSTOP, a frozen cgroup).
 * </ol>
 *
 * <p>Ended in whatever way it leaves nothing: all that it holds is bound to it by the kernel. Where
 * memory runs out on the machine, the kernel is asked to end it before all others.
 */
public final class HostHolder {

  private static final int USAGE = 2;
  private static final int NOT_READY = 5;

  private final Holding holding;
  private final Kernel kernel;
  private final int timer;
  private final Duration lease;
  private final PrintStream out;

  private HostHolder(HostOrder order, Duration lease, PrintStream out) throws IOException {
    this.kernel = new Kernel();
    this.timer = kernel.armDeath(lease);
    this.lease = lease;
    this.out = out;
    this.holding = Holding.of(order);
  }

  /** Runs until the input ends, or the lease does. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(serve(in, out));
  }

  private static int serve(BufferedReader in, PrintStream out) throws IOException {
    try {
      String first = String.valueOf(in.readLine());
      HostHolder holder = new HostHolder(HostOrder.parse(first), HostOrder.lease(first), out);
      goFirstWhenMemoryRunsOut();
      out.println("ready");
      Thread.ofPlatform().daemon().name("holding").start(holder::hold);
      holder.follow(in);
      return 0;
    } catch (IllegalArgumentException rubbish) {
      out.println("failed " + oneLine(rubbish));
      return USAGE;
    } catch (IOException | UnsupportedOperationException | LinkageError unable) {
      out.println("failed " + oneLine(unable));
      return NOT_READY;
    }
  }

  private static void goFirstWhenMemoryRunsOut() throws IOException {
    Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
  }

  private void hold() {
    try {
      holding.hold();
    } catch (IOException | RuntimeException | Error failure) {
      out.println("failed " + oneLine(failure));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    // At once: what was taken so far must not stay.
    Runtime.getRuntime().halt(1);
  }

  private void follow(BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "renew" -> renew();
        case "read" -> out.println("reading " + holding.read().text());
        default -> throw new IllegalArgumentException("not known: " + line);
      }
    }
  }

  private void renew() throws KernelException {
    kernel.postpone(timer, lease);
  }

  private static String oneLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", "?");
  }
}
