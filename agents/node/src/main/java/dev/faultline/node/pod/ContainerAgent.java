package dev.faultline.node.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.SignalResult;
import dev.faultline.node.host.HostOrder;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program in a pod that ends, freezes or strains a container on the same node. As a {@link
 * PodAgent} it asks nobody: it follows a file of {@link ContainerOrders} that the kubelet writes,
 * and its answers are the log of the pod.
 *
 * <ol>
 *   <li>When it is ready: {@code ready container ID}. What it cannot do: {@code refused REASON}.
 *   <li>Each revision is answered by {@code renewed}, by {@code in-force freeze}, {@code in-force
 *       strain}, {@code removed freeze}, {@code removed strain} or {@code signalled KILL PID} where
 *       it says something new, by {@code held ALIVE STILL} while a freeze is in force or {@code
 *       strained ASKED HELD LEFT} while a strain is, and last by {@code marked REVISION}.
 *   <li>A strain whose process is gone, or whose container, ends it, with {@code over REASON}.
 *   <li>A lease that is not renewed ends it at nine tenths of its time, with {@code expired}. A
 *       timer of the kernel kills it at the end of the lease, should it hang.
 * </ol>
 *
 * <p>However it ends, what it froze goes on, and what it held is free: that is the kernel's doing.
 * One that is killed leaves nothing.
 */
public final class ContainerAgent {

  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final int EXPIRED = 1;
  private static final int USAGE = 2;
  private static final int NOT_READY = 5;

  private final PodSettings settings;
  private final Containers containers;
  private final PrintStream out;
  private final Kernel kernel = new Kernel();
  private final int timer;
  private ContainerOrders last = ContainerOrders.first();
  private String seen = "";
  private long until;
  private @Nullable Stillness stillness;
  private @Nullable Straining straining;

  private ContainerAgent(PodSettings settings, Containers containers, PrintStream out)
      throws IOException {
    this.settings = settings;
    this.containers = containers;
    this.out = out;
    this.timer = kernel.armDeath(settings.lease());
    renew();
  }

  /** Runs until the lease ends, or the pod does. The arguments are {@link PodSettings}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    System.exit(run(List.of(arguments), Path.of("/proc"), out));
  }

  /** Does what the program does; the process must end then, by the number that is returned. */
  static int run(List<String> arguments, Path proc, PrintStream out)
      throws IOException, InterruptedException {
    try {
      PodSettings settings = PodSettings.parse(arguments);
      Containers containers = new Containers(proc);
      List<ProcessIdentity> _ = containers.processes(settings.container());
      ContainerAgent agent = new ContainerAgent(settings, containers, out);
      out.println("ready container " + settings.container());
      return agent.follow();
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + rubbish.getMessage());
      return USAGE;
    } catch (PacketRefused refused) {
      out.println("refused " + refused.getMessage());
      return NOT_READY;
    }
  }

  private int follow() throws IOException, InterruptedException {
    while (System.nanoTime() - until < 0) {
      Optional<ContainerOrders> news = news();
      if (news.isPresent()) {
        obey(news.get());
      }
      Optional<String> over = straining == null ? Optional.empty() : straining.ended();
      if (over.isPresent()) {
        free();
        out.println("over " + over.get().replaceAll("\\p{Cntrl}", "?"));
        return NOT_READY;
      }
      Thread.sleep(BETWEEN);
    }
    free();
    out.println("expired");
    return EXPIRED;
  }

  /** A file that is not there, or has no orders, is no news; a revision is followed but once. */
  private Optional<ContainerOrders> news() {
    try {
      String text = Files.readString(settings.orders());
      if (text.equals(seen)) {
        return Optional.empty();
      }
      seen = text;
      return Optional.of(ContainerOrders.parse(text))
          .filter(orders -> orders.revision() > last.revision());
    } catch (IOException none) {
      return Optional.empty();
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + oneLine(rubbish));
      return Optional.empty();
    }
  }

  private void obey(ContainerOrders orders) throws IOException {
    renew();
    out.println("renewed");
    boolean changed = !orders.work().equals(last.work());
    last = orders;
    if (changed) {
      free();
      orders.work().ifPresent(this::begin);
    }
    if (stillness != null) {
      out.println("held " + words(stillness.read()));
    }
    if (straining != null) {
      read(straining);
    }
    out.println("marked " + orders.revision());
  }

  private void renew() throws IOException {
    kernel.postpone(timer, settings.lease());
    until = System.nanoTime() + settings.lease().toNanos() / 10 * 9;
    if (straining != null) {
      straining.renew();
    }
  }

  private void read(Straining held) {
    try {
      out.println("strained " + held.read().text());
    } catch (PacketRefused gone) {
      out.println("refused " + oneLine(gone));
    }
  }

  private void begin(ContainerWork work) {
    try {
      switch (work) {
        case ContainerWork.Signal(PosixSignal what) -> send(what);
        case ContainerWork.Freeze _ -> {
          stillness = Stillness.begin(containers, settings.container());
          out.println("in-force freeze");
        }
        case ContainerWork.Strain(HostOrder what) -> {
          straining = Straining.begin(containers, settings, what);
          out.println("in-force strain");
        }
      }
    } catch (PacketRefused refused) {
      out.println("refused " + oneLine(refused));
    }
  }

  private void send(PosixSignal signal) throws PacketRefused {
    ProcessIdentity first = containers.processes(settings.container()).getFirst();
    switch (first.signal(signal)) {
      case SignalResult.Sent _ -> out.println("signalled %s %d".formatted(signal, first.pid()));
      case SignalResult.Gone _ -> throw new PacketRefused("the container has just ended");
      case SignalResult.Denied(String why) -> throw new PacketRefused(why);
    }
  }

  private void free() {
    if (stillness != null) {
      Stillness ending = stillness;
      stillness = null;
      out.println("removed freeze " + words(ending.end()));
    }
    if (straining != null) {
      Straining ending = straining;
      straining = null;
      ending.end();
      out.println("removed strain");
    }
  }

  private static String words(Stillness.Reading reading) {
    return "%d %d".formatted(reading.alive(), reading.still());
  }

  private static String oneLine(Exception refused) {
    return String.valueOf(refused.getMessage()).replaceAll("\\p{Cntrl}", "?");
  }
}
