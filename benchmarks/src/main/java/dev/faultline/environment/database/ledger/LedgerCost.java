package dev.faultline.environment.database.ledger;

import com.sun.management.OperatingSystemMXBean;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.postgres.PairPlan;
import dev.faultline.environment.postgres.PostgresPair;
import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Answer.Owner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints what keeping a ledger costs: the same writers against the same server, with its books and
 * without, in turns. It lives beside the ledger because only there its parts can be taken apart.
 */
public final class LedgerCost {

  private static final int ROUNDS = 6;
  private static final int WRITERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LedgerStore store;
  private final int seconds;
  private final Ledger ledger =
      new Ledger(
          "db",
          Optional.of(WRITERS),
          Optional.of(Quantity.parse("100000/s")),
          Optional.empty(),
          Optional.empty());

  private LedgerCost(PostgresPair server, int seconds) {
    this.store = new TableStore("benchmark", server::connect);
    this.seconds = seconds;
  }

  /** Counts, and keeps nothing: what is left of a ledger without its books. */
  private static final class NoBooks implements Witness {
    private final int[] next = new int[WRITERS * 16];
    private final LongAdder acknowledged = new LongAdder();

    @Override
    public int sent(int writer) {
      return next[writer * 16];
    }

    @Override
    public void acknowledged(int writer, long timeline) {
      next[writer * 16]++;
      acknowledged.increment();
    }

    @Override
    public void failed(int writer, String error) {
      next[writer * 16]++;
    }

    @Override
    public void reconnected() {}
  }

  private record Pass(double perSecond, double microsOfProcessor) {}

  /**
   * Measures.
   *
   * @param args seconds of each pass, 5 when absent
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Path folder = Files.createTempDirectory("faultline-benchmark");
    Lives lives = new Lives();
    Postgres alone =
        new Postgres(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty());
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "faultline");
    PairPlan plan = PairPlan.of("db", alone, folder.resolve("db"), _ -> freePort());
    PostgresPair server = new PostgresPair(plan, cache, lives, _ -> {});
    try {
      server.start();
      new LedgerCost(server, seconds).print();
    } finally {
      server.announceEnd();
      server.end();
      lives.end();
      remove(folder);
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no port is free", none);
    }
  }

  private void print() throws Exception {
    List<Pass> without = new ArrayList<>();
    List<Pass> with = new ArrayList<>();
    measure(false);
    for (int round = 0; round < ROUNDS; round++) {
      boolean first = round % 2 == 0;
      (first ? with : without).add(measure(first));
      (first ? without : with).add(measure(!first));
    }
    System.out.printf(
        """
        %d writers, %d passes of %d s each, in turns

        | | acknowledged writes/s | client processor per write |
        |---|---|---|
        | without the books | %s | %s |
        | with the ledger | %s | %s |
        """,
        WRITERS, ROUNDS, seconds, rates(without), costs(without), rates(with), costs(with));
  }

  private Pass measure(boolean books) throws Exception {
    store.make(PATIENCE);
    NoBooks none = new NoBooks();
    Book book = new Book(WRITERS, false, Duration.ofMillis(1), Instant.now(), System::nanoTime);
    long processor = processor();
    long began = System.nanoTime();
    Witness witness = books ? book : none;
    Writers writers = Writers.start(ledger, store, witness);
    Thread.sleep(Duration.ofSeconds(seconds));
    writers.close();
    double took = (System.nanoTime() - began) / 1e9;
    long count =
        books ? book.account("db", Optional.empty(), "").acknowledged() : none.acknowledged.sum();
    double cost = (processor() - processor) / 1e3 / count;
    Owner _ = store.drop(PATIENCE);
    return new Pass(count / took, cost);
  }

  /** Of this process, relay included, in nanoseconds. */
  private static long processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static String rates(List<Pass> passes) {
    List<Double> sorted = passes.stream().map(Pass::perSecond).sorted().toList();
    return "%.0f (%.0f–%.0f)"
        .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }

  private static String costs(List<Pass> passes) {
    List<Double> sorted = passes.stream().map(Pass::microsOfProcessor).sorted().toList();
    return "%.1f µs (%.1f–%.1f)"
        .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
