package dev.faultline.benchmarks.shift;

import dev.faultline.benchmarks.Spread;
import dev.faultline.benchmarks.relay.Server;
import dev.faultline.environment.load.LoadGenerator;
import dev.faultline.environment.route.RouterTrouble;
import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Action.StartLoad;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query.LoadStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Prints what requests noticed of ten changes of weights, as a table of Markdown. */
public final class ShiftTable {

  private static final double[] SHARES = {0.01, 0.05, 0.1, 0.5, 1, 0.3, 0, 0.75, 0.2, 0};
  private static final int WARM_SECONDS = 5;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private ShiftTable() {}

  /**
   * What one pass met.
   *
   * @param changes how long each took, as set and read back
   */
  private record Met(long requests, long failed, Histogram latencies, List<Duration> changes) {}

  private record Column(String name, Met still, Met changed) {}

  /**
   * Measures each router, one after the other: as long without a change as with ten.
   *
   * @param args HAProxy or {@code -}, Envoy or {@code -}, requests per second
   */
  public static void main(String[] args) throws Exception {
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : 2000;
    List<Column> columns = new ArrayList<>();
    try (Server stable = Server.start();
        Server canary = Server.start()) {
      if (args[0].equals("-")) {
        System.out.println("HAProxy is not measured: it is not installed.");
      } else {
        columns.add(
            measure(
                folder -> Router.Haproxy.start(args[0], folder, stable.port(), canary.port()),
                rate));
      }
      if (args[1].equals("-")) {
        System.out.println("Envoy is not measured: there is none.");
      } else {
        columns.add(
            measure(
                folder -> Router.Envoy.start(args[1], folder, stable.port(), canary.port()), rate));
      }
    }
    print(columns, rate);
  }

  private interface Start {
    Router in(Path folder) throws IOException;
  }

  private static Column measure(Start start, int rate) throws Exception {
    Path folder = Files.createTempDirectory("shift");
    try (Router router = start.in(folder)) {
      return new Column(router.name(), pass(router, rate, false), pass(router, rate, true));
    }
  }

  private static Met pass(Router router, int rate, boolean changes) throws Exception {
    Load load =
        Load.of("http://127.0.0.1:%d/".formatted(router.port()), Quantity.parse(rate + "/s"));
    try (LoadGenerator generator = new LoadGenerator(UnaryOperator.identity())) {
      generator.start(new StartLoad(load));
      int before = seconds(generator, WARM_SECONDS).size();
      List<Duration> took = new ArrayList<>();
      for (double share : SHARES) {
        if (changes) {
          took.add(change(router, share));
        }
        Thread.sleep(BETWEEN);
      }
      int all = before + SHARES.length + 2;
      List<LoadInterval> intervals = seconds(generator, all);
      return met(intervals.subList(before, all), took);
    }
  }

  private static Duration change(Router router, double share) throws RouterTrouble {
    long began = System.nanoTime();
    router.set(share);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** The seconds of the load, once there are so many whose requests have all ended. */
  private static List<LoadInterval> seconds(LoadGenerator generator, int many)
      throws InterruptedException {
    LoadStatus all = new LoadStatus(Duration.ofHours(1));
    while (true) {
      if (generator.ask(all) instanceof Answer.LoadFigures figures
          && figures.intervals().size() >= many) {
        return figures.intervals();
      }
      Thread.sleep(20);
    }
  }

  private static Met met(List<LoadInterval> intervals, List<Duration> changes)
      throws DataFormatException {
    Histogram latencies = new Histogram(3);
    long requests = 0;
    long failed = 0;
    for (LoadInterval interval : intervals) {
      requests += interval.answered() + interval.failed();
      failed += interval.failed();
      latencies.add(
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(interval.histogram())), 0));
    }
    return new Met(requests, failed, latencies, changes);
  }

  private static void print(List<Column> columns, int rate) {
    StringBuilder head = new StringBuilder("| at %d requests/s |".formatted(rate));
    columns.forEach(column -> head.append(" %s |".formatted(column.name())));
    System.out.println(head + "\n|---|" + "---|".repeat(columns.size()));
    row(columns, "requests, while weights changed ten times", c -> "" + c.changed().requests());
    row(columns, "of these failed", column -> "" + column.changed().failed());
    row(columns, "failed of as many without a change", column -> "" + column.still().failed());
    for (double at : new double[] {99, 99.9}) {
      row(
          columns,
          "p%s of a request, ms (without a change)".formatted(("" + at).replace(".0", "")),
          column ->
              "%.2f (%.2f)".formatted(millis(column.changed(), at), millis(column.still(), at)));
    }
    row(
        columns,
        "a change, set and read back, ms: least, median, most",
        column -> Spread.millis(column.changed().changes().stream()).toString());
  }

  private static double millis(Met met, double percentile) {
    return met.latencies().getValueAtPercentile(percentile) / 1e3;
  }

  private static void row(List<Column> columns, String title, Function<Column, String> figure) {
    StringBuilder line = new StringBuilder("| " + title + " |");
    columns.forEach(column -> line.append(" %s |".formatted(figure.apply(column))));
    System.out.println(line);
  }
}
