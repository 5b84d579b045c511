package dev.faultline.node.packet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace that a test throws away, with a thread that lives in it: sockets that are
 * opened there are those of the namespace, whoever uses them.
 */
public final class TestNetwork implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Path QUEUES = Path.of("/proc/thread-self/net/netfilter/nfnetlink_queue");

  private final String name;
  private final ExecutorService thread =
      Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());

  private TestNetwork(String name) {
    this.name = name;
  }

  /** One with a loopback device; the test is skipped where there cannot be one. */
  public static TestNetwork create() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, for network namespaces");
    assumeTrue(has("ip"), "needs ip (iproute2)");
    assumeTrue(has("nft"), "needs nft (nftables), to look at rules independently");
    TestNetwork network =
        new TestNetwork(
            "flt-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
    try {
      execute("ip", "netns", "add", network.name);
    } catch (IOException refused) {
      throw new TestAbortedException("needs network namespaces: " + refused.getMessage(), refused);
    }
    execute("ip", "-n", network.name, "link", "set", "lo", "up");
    network.inside(
        () -> {
          new Kernel().enter(network.path());
          return true;
        });
    if (!network.inside(() -> Files.exists(QUEUES))) {
      network.close();
      throw new TestAbortedException("needs a kernel with NFQUEUE");
    }
    return network;
  }

  private static boolean has(String program) {
    return List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The file that names it. */
  public Path path() {
    return Path.of("/run/netns", name);
  }

  /** Joins this one and another by a pair of devices, of this name on both sides. */
  public void join(TestNetwork other, String device, List<String> ours, List<String> theirs)
      throws Exception {
    execute(
        "ip",
        "link",
        "add",
        device,
        "netns",
        name,
        "type",
        "veth",
        "peer",
        "name",
        device,
        "netns",
        other.name);
    set(device, ours);
    other.set(device, theirs);
  }

  private void set(String device, List<String> addresses) throws Exception {
    for (String address : addresses) {
      execute("ip", "-n", name, "addr", "add", address, "dev", device, "nodad");
    }
    execute("ip", "-n", name, "link", "set", device, "up");
  }

  /** Does something on the thread of the namespace. */
  public <T> T inside(Callable<T> action) throws Exception {
    try {
      return thread.submit(action).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  /** What {@code nft} says about the namespace, which knows nothing of us. */
  public String nft(String... words) throws Exception {
    return run(Stream.concat(Stream.of("nft"), Stream.of(words)).toArray(String[]::new));
  }

  /** Runs a program in the namespace, and returns its output. */
  public String run(String... words) throws Exception {
    Stream<String> enter = Stream.of("nsenter", "--net=" + path(), "--");
    return execute(Stream.concat(enter, Stream.of(words)).toArray(String[]::new));
  }

  /** Whether a rule of ours, a table or a queue is in the namespace. */
  public boolean isClean() throws Exception {
    boolean queues = inside(() -> !Files.readString(QUEUES).isBlank());
    return !queues && !nft("list", "tables").contains("faultline");
  }

  static String execute(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    try {
      execute("ip", "netns", "delete", name);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
