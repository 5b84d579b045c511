package dev.faultline.node.pod;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.packet.agent.PacketAgent;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.text.SettingsText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program in a pod that disturbs packets of another pod on the same node: {@link PacketAgent},
 * whose input is what a file says rather than a pipe, and whose output is the log of the pod.
 *
 * <p>It asks nobody: no server, no service account, no listening port. The file holds {@link
 * PodOrders}, which the controller has put on the pod as an annotation, and the kubelet writes.
 * Where that does not reach it in time, for whatever reason, the lease ends, and all with it.
 *
 * <p>Exits as {@link PacketAgent} does.
 */
public final class PodAgent {

  private static final int USAGE = 2;
  private static final int NOT_READY = 5;
  private static final int PIPE = 1 << 16;

  private PodAgent() {}

  /** Runs until the lease ends, or the pod does. The arguments are {@link PodSettings}. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    System.exit(run(List.of(arguments), Path.of("/proc"), out));
  }

  static int run(List<String> arguments, Path proc, PrintStream out) throws IOException {
    try {
      PodSettings settings = PodSettings.parse(arguments);
      long pid = new Containers(proc).pid(settings.container());
      out.println(node(proc, pid));
      PipedInputStream in = new PipedInputStream(PIPE);
      PipedOutputStream pipe = new PipedOutputStream(in);
      List<String> begin = SettingsText.write(settings.of(pid));
      OrdersFile orders = new OrdersFile(settings.orders(), out);
      Thread.ofPlatform().daemon().name("orders").start(() -> feed(begin, orders, pipe));
      return PacketAgent.run(in, out);
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + rubbish.getMessage());
      return USAGE;
    } catch (PacketRefused refused) {
      out.println("refused " + refused.getMessage());
      return NOT_READY;
    }
  }

  /** Who wants to keep its node from a pod must know by which addresses that comes. */
  private static String node(Path proc, long pid) {
    return new NodeAddresses(proc)
        .reaching(pid).stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(" ", "node ", ""));
  }

  /** Its end, however it comes, is the end of the agent's input. */
  private static void feed(List<String> begin, OrdersFile orders, PipedOutputStream pipe) {
    try (Writer to = new BufferedWriter(new OutputStreamWriter(pipe, US_ASCII))) {
      to.write(String.join("\n", begin) + "\n");
      to.flush();
      orders.follow(to);
    } catch (IOException over) {
      // The agent has ended.
      return;
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }
}
