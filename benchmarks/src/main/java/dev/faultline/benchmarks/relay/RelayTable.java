package dev.faultline.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Prints the relay beside Toxiproxy and HAProxy, as tables of Markdown. Passes take turns. */
public final class RelayTable {

  private static final int CONNECTIONS = 16;
  private static final int MANY = 1000;
  private static final int PACED = 600;
  private static final Duration WARM = Duration.ofSeconds(6);
  static final Duration PASS = Duration.ofSeconds(2);
  private static final List<Integer> DELAYS = List.of(1, 10, 100);

  private RelayTable() {}

  /**
   * Compares.
   *
   * @param args the command {@code faultline}, the server of Toxiproxy or {@code -}, HAProxy or
   *     {@code -}, how many passes
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int passes = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    List<Scores> all = new ArrayList<>();
    try (Server server = Server.start()) {
      all.add(new Scores(new Contestant.Direct(server.port())));
      all.add(new Scores(Contestant.Faultline.start(args[0], server.port())));
      if (args[1].equals("-")) {
        System.out.println(
            "Toxiproxy is not measured: it takes Go to build it, and there is none.");
      } else {
        all.add(
            new Scores(
                Contestant.Toxiproxy.start(args[1], List.of(free(), free()), server.port())));
      }
      if (args[2].equals("-")) {
        System.out.println("HAProxy is not measured: it is not installed.");
      } else {
        all.add(new Scores(Contestant.HaProxy.start(args[2], free(), server.port())));
      }
      for (Scores scores : all) {
        scores.load().requests(CONNECTIONS, WARM);
      }
      for (int pass = 0; pass < passes; pass++) {
        for (Scores scores : all) {
          measure(scores);
        }
      }
      for (Scores scores : all) {
        scores.memory(many(scores));
      }
      print(all);
    } finally {
      all.forEach(scores -> scores.contestant().close());
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void measure(Scores scores) throws IOException, InterruptedException {
    Contestant contestant = scores.contestant();
    Load load = scores.load();
    Duration before = contestant.processor();
    Load.Result many = load.requests(CONNECTIONS, PASS);
    scores.throughput(many, contestant.processor().minus(before));
    scores.alone().add(load.requests(1, PASS).nanos());
    before = contestant.processor();
    scores.stream(load.stream(PASS), contestant.processor().minus(before));
    if (contestant.delays()) {
      for (int i = 0; i < DELAYS.size(); i++) {
        contestant.delay(Duration.ofMillis(DELAYS.get(i)));
        scores.late(i).add(load.paced(PACED / (i + 1), Duration.ofMillis(3)));
      }
      contestant.delay(Duration.ofMillis(20));
      scores.lateStream().add(load.stream(PASS));
      contestant.delay(Duration.ZERO);
    }
    scores.late(DELAYS.size()).add(load.paced(PACED, Duration.ofMillis(3)));
  }

  private static long many(Scores scores) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        SocketChannel channel = scores.load().connect();
        channels.add(channel);
        channel.write(Server.request());
        channel.read(ByteBuffer.allocate(Server.answerLength()));
      }
      return scores.contestant().memory();
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private static void print(List<Scores> all) {
    Scores direct = all.getFirst();
    StringBuilder head = new StringBuilder("| |");
    all.forEach(scores -> head.append(" %s |".formatted(scores.contestant().name())));
    System.out.println(head + "\n|---|" + "---|".repeat(all.size()));
    row(all, "requests/s, 16 connections", Scores::rate);
    row(all, "its processor time per request, µs", Scores::cost);
    for (double at : new double[] {50, 99, 99.9}) {
      row(
          all,
          "one connection: p%s of a request, µs (added)"
              .formatted(String.valueOf(at).replace(".0", "")),
          scores -> added(scores.alone(), direct.alone(), at));
    }
    row(all, "one stream, MB/s", scores -> Scores.spread(scores.stream(), 1e6));
    row(all, "one stream, MB per second of its processor time", Scores::efficiency);
    row(all, "one stream under 20 ms, MB/s", Scores::delayedStream);
    for (int i = 0; i < DELAYS.size(); i++) {
      int which = i;
      row(
          all,
          "error of %d ms: p50 / p99, ms".formatted(DELAYS.get(i)),
          scores ->
              scores.contestant().delays()
                  ? error(scores.late(which), direct.late(DELAYS.size()), DELAYS.get(which))
                  : "-");
    }
    row(
        all,
        "the same requests without a delay, ms",
        scores -> error(scores.late(DELAYS.size()), direct.late(DELAYS.size()), 0));
    row(all, "memory at 1,000 connections, MB", scores -> String.valueOf(scores.memory() >> 20));
  }

  private static void row(List<Scores> all, String title, Function<Scores, String> figure) {
    StringBuilder line = new StringBuilder("| " + title + " |");
    all.forEach(scores -> line.append(" %s |".formatted(figure.apply(scores))));
    System.out.println(line);
  }

  private static String added(Histogram with, Histogram without, double at) {
    double all = with.getValueAtPercentile(at) / 1e3;
    return "%.0f (%.0f)".formatted(all, all - without.getValueAtPercentile(at) / 1e3);
  }

  /** Against the delay and what a request takes at the median without a proxy. */
  private static String error(Histogram with, Histogram without, int millis) {
    double expected = millis + without.getValueAtPercentile(50) / 1e6;
    return "%.2f / %.2f"
        .formatted(
            with.getValueAtPercentile(50) / 1e6 - expected,
            with.getValueAtPercentile(99) / 1e6 - expected);
  }
}
