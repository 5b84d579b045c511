package dev.faultline.node.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.Table;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The program in a pod in the network of its node that cuts this node off for a fixed time, and
 * ends. It asks nobody and obeys nobody: who could order it to stop is cut off too.
 *
 * <p>The rules are in a table that the kernel takes away with this process, however it ends; their
 * time is that of a set whose elements the kernel lets time out, should this process hang. At twice
 * that time the kernel kills it.
 *
 * <p>Exits with 0 after that time, with 2 on arguments that are none, with 5 where the kernel does
 * not let it.
 */
public final class NodeAgent {

  private static final String KEY = "cut-ms=";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Its kubelet has that long to tell that it runs. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

  private static final int USAGE = 2;
  private static final int NOT_READY = 5;

  private NodeAgent() {}

  /** The arguments that have a node cut off for so long, from 1 s to 1 h. */
  public static List<String> arguments(Duration lasts) {
    return List.of(KEY + lasts.toMillis());
  }

  /** Waits until it was seen, cuts, waits, and ends. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    System.exit(run(List.of(arguments), SEEN_WITHIN, out));
  }

  static int run(List<String> arguments, Duration before, PrintStream out)
      throws InterruptedException {
    Optional<Duration> lasts = parse(arguments);
    if (lasts.isEmpty()) {
      out.println("refused there must be " + KEY + ", from 1 s to 1 h");
      return USAGE;
    }
    try {
      Kernel kernel = new Kernel();
      int _ = kernel.armDeath(before.plus(lasts.get().multipliedBy(2)));
      out.println("ready");
      Thread.sleep(before);
      try (Table table = kernel.table("faultline-node-offline", lasts.get())) {
        table.put(Optional.empty(), CutRules.ruleSet());
        out.println("cut for %d ms".formatted(lasts.get().toMillis()));
        Thread.sleep(lasts.get());
      }
      out.println("undone");
      return 0;
    } catch (KernelException refused) {
      out.println("refused " + refused.getMessage());
      return NOT_READY;
    }
  }

  private static Optional<Duration> parse(List<String> arguments) {
    return arguments.size() != 1
        ? Optional.empty()
        : Optional.of(arguments.getFirst())
            .filter(one -> one.matches(KEY + "\\d{1,9}"))
            .map(one -> Duration.ofMillis(Long.parseLong(one.substring(KEY.length()))))
            .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0);
  }
}
