package dev.faultline.benchmarks.serve;

import dev.faultline.benchmarks.journal.HourLongRun;
import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.lives.Folders;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.serve.PageServer;
import dev.faultline.serve.Settings;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Unservable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Prints how late the page is, how long it takes to make, and how much memory runs take. */
public final class ServeTable {

  private static final int LENGTH = 300;
  private static final int PAGES = 40;
  private static final int EVENTS = 200;
  private static final Duration APART = Duration.ofMillis(150);

  private final Path state;
  private final RunStore store;
  private final List<Entry> events = HourLongRun.entries().subList(0, LENGTH);

  private ServeTable(Path state) {
    this.state = state;
    this.store = new RunStore(state);
  }

  /**
   * Measures.
   *
   * @param args how many runs
   */
  public static void main(String[] args) throws IOException, InterruptedException, Unservable {
    Path state = Files.createTempDirectory("faultline-serve");
    try {
      new ServeTable(state).measure(Integer.parseInt(args[0]));
    } finally {
      Folders.remove(state);
    }
  }

  private void measure(int runs) throws IOException, InterruptedException, Unservable {
    Path _ = Files.createDirectories(state.resolve("runs"));
    write(runs);
    Settings settings =
        new Settings(
            Listen.parse("127.0.0.1:0"),
            Optional.empty(),
            Optional.empty(),
            state,
            Optional.empty(),
            Optional.empty(),
            "benchmark");
    long before = memory();
    long began = System.nanoTime();
    try (PageServer server = PageServer.open(settings, InstantSource.system(), ServeTable::tell)) {
      while (!body(server, "history").contains(runs + " runs")) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      System.out.println("| what | result |");
      System.out.println("|---|---|");
      System.out.printf(
          "| %d journals of %d events, until all are read | %.1f s |%n",
          runs, LENGTH, (System.nanoTime() - began) / 1e9);
      System.out.printf("| heap that they take | %d KiB |%n", (memory() - before) / 1024);
      for (String page : List.of("", "history", "trends", "trends?experiment=hour")) {
        page(server, page);
      }
      latency(server);
    }
  }

  private static void tell(String words) {
    System.err.println(words);
  }

  private void write(int runs) throws IOException {
    RunFolder first = store.claim("run-00000").orElseThrow();
    try (Journal journal = store.startJournal(first)) {
      List<Entry> all = new ArrayList<>(events);
      Entry last = events.getLast();
      all.add(
          new Entry(LENGTH, last.at(), last.elapsed(), new Event.Concluded(Verdict.of(List.of()))));
      journal.append(all);
    }
    byte[] text =
        Arrays.copyOf(
            Files.readAllBytes(first.journal()), Math.toIntExact(first.read().validBytes()));
    for (int i = 1; i < runs; i++) {
      Path _ = Files.write(store.claim("run-%05d".formatted(i)).orElseThrow().journal(), text);
    }
  }

  private static long memory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime machine = Runtime.getRuntime();
    return machine.totalMemory() - machine.freeMemory();
  }

  private static String body(PageServer server, String page) throws IOException {
    try (var in = URI.create(server.address() + page).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void page(PageServer server, String page) throws IOException {
    double[] millis = new double[PAGES];
    int size = 0;
    for (int i = 0; i < PAGES; i++) {
      long began = System.nanoTime();
      size = body(server, page).length();
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    print("page /%s, %d KiB".formatted(page, size / 1024), millis);
  }

  private static void print(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        "| %s: p50, p99 | %.0f, %.0f ms |%n",
        what, millis[millis.length / 2], millis[millis.length * 99 / 100]);
  }

  private void latency(PageServer server) throws IOException, InterruptedException {
    RunFolder run = store.claim("run-on").orElseThrow();
    try (FileGuard _ = store.lock(run).orElseThrow();
        Journal journal = store.startJournal(run)) {
      journal.append(events);
      while (!body(server, "").contains("run-on")) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      try (BufferedReader stream =
          new BufferedReader(
              new InputStreamReader(
                  URI.create(server.address() + "runs/run-on/live").toURL().openStream(),
                  StandardCharsets.UTF_8))) {
        double[] millis = new double[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
          Thread.sleep(APART);
          long began = System.nanoTime();
          journal.append(reading(LENGTH + i, 1000 + i));
          await(stream, Integer.toString(1000 + i));
          millis[i] = (System.nanoTime() - began) / 1e6;
        }
        print("from a reading in the journal to the stream", millis);
      }
    }
  }

  private Entry reading(int number, int value) {
    Entry last = events.getLast();
    Duration elapsed = last.elapsed().plusMillis(number);
    return new Entry(
        number,
        last.at(),
        elapsed,
        new Event.GateRead("queue", new Reading.Value(value), Status.OUTSIDE));
  }

  private static void await(BufferedReader stream, String words) throws IOException {
    String line = stream.readLine();
    while (line != null && !line.contains(">" + words + "<")) {
      line = stream.readLine();
    }
  }
}
