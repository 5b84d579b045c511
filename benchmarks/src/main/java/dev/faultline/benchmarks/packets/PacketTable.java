package dev.faultline.benchmarks.packets;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.agent.RunningPackets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Prints what faults of packets measure here, as tables of Markdown. Needs root and Linux. */
public final class PacketTable {

  private static final String NAME = "fault";
  private static final int PER_SECOND = 10_000;
  private static final int TRIALS = 50;
  private static final int TURNS = 9;
  private static final Duration PASS = Duration.ofSeconds(3);
  private static final List<Integer> DELAYS = List.of(1, 5, 20, 100, 1000);

  private PacketTable() {}

  /** Measures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (Wire wire = Wire.lay()) {
      System.out.println("| | |\n|---|---|");
      start(wire);
      try (RunningPackets agent = wire.agentAtFar();
          Datagrams datagrams = Datagrams.over(wire);
          Stream stream = Stream.over(wire)) {
        delays(agent, datagrams);
        small(agent, datagrams);
        moments(agent, datagrams);
        untouched(agent, datagrams, stream);
        agent.put(NAME, slow(Protocol.TCP, Ends.local(stream.port()), Direction.IN, 20));
        stream("in", agent, stream);
      }
      out(wire);
    }
  }

  private static PacketFault slow(Protocol protocol, Ends ends, Direction direction, int millis) {
    return fault(protocol, ends, direction, Latency.of(Duration.ofMillis(millis)));
  }

  private static PacketFault fault(
      Protocol protocol, Ends ends, Direction direction, PacketEffect effect) {
    return PacketFault.of(Selection.of(protocol, ends, direction), effect);
  }

  private static void start(Wire wire) throws IOException {
    Histogram starts = new Histogram(3);
    long memory = 0;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      try (RunningPackets agent = wire.agentAtFar()) {
        starts.recordValue(System.nanoTime() - began);
        memory = Math.max(memory, memory(agent));
      }
    }
    row(
        "start of an agent, ms: median, most of 5",
        "%.0f, %.0f".formatted(millis(starts, 50), millis(starts, 100)));
    row("memory of an agent after its start, MB", String.valueOf(memory >> 10));
  }

  /** In kB. */
  private static long memory(RunningPackets agent) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + agent.identity().pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static void delays(RunningPackets agent, Datagrams datagrams) throws IOException {
    Ends ends = Ends.local(datagrams.port());
    agent.put(NAME, slow(Protocol.UDP, ends, Direction.IN, 1));
    datagrams.paced(PER_SECOND, PASS.multipliedBy(2));
    agent.remove(NAME);
    double without = millis(datagrams.paced(PER_SECOND, PASS), 50);
    for (int delay : DELAYS) {
      agent.put(NAME, slow(Protocol.UDP, ends, Direction.IN, delay));
      Histogram times = datagrams.paced(PER_SECOND, PASS);
      agent.remove(NAME);
      row(
          "error of %,d ms at %,d packets/s, ms: p50, p99".formatted(delay, PER_SECOND),
          "%.2f, %.2f"
              .formatted(millis(times, 50) - delay - without, millis(times, 99) - delay - without));
    }
  }

  private static void small(RunningPackets agent, Datagrams datagrams) throws IOException {
    agent.put(NAME, slow(Protocol.UDP, Ends.local(datagrams.port()), Direction.IN, 1));
    datagrams.flood(PASS);
    agent.remove(NAME);
    agent.put(NAME, slow(Protocol.UDP, Ends.local(datagrams.port()), Direction.IN, 1));
    Duration before = processor(agent);
    long began = System.nanoTime();
    datagrams.flood(PASS);
    PacketReading reading = agent.remove(NAME);
    double seconds = (System.nanoTime() - began) / 1e9;
    Duration used = processor(agent).minus(before);
    row(
        "small packets under 1 ms, per second: delayed (sent)",
        "%,.0f (%,.0f)"
            .formatted(
                (reading.passed() - reading.spared()) / seconds, reading.matched() / seconds));
    row(
        "processor time of the agent for each, µs",
        "%.2f".formatted(used.toNanos() / 1e3 / reading.passed()));
  }

  private static Duration processor(RunningPackets agent) {
    return ProcessHandle.of(agent.identity().pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** From the order to the first packet that is hit, and from the next order to the first clean. */
  private static void moments(RunningPackets agent, Datagrams datagrams) throws IOException {
    Histogram applied = new Histogram(3);
    Histogram undone = new Histogram(3);
    PacketFault partition =
        fault(
            Protocol.UDP,
            Ends.local(datagrams.port()),
            Direction.IN,
            new Partition(Partition.Manner.DROP));
    for (int i = 0; i < TRIALS; i++) {
      long began = System.nanoTime();
      agent.put(NAME, partition);
      applied.recordValue(System.nanoTime() - began);
      long before = datagrams.received();
      began = System.nanoTime();
      Thread.ofVirtual().start(() -> remove(agent));
      while (datagrams.received() == before) {
        datagrams.sendOne();
        LockSupport.parkNanos(100_000);
      }
      undone.recordValue(datagrams.lastCame() - began);
      while (agent.readings().containsKey(NAME)) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    row("a fault is in force after, ms: p50, p99", both(applied));
    row("first clean packet after the order to undo, ms: p50, p99", both(undone));
  }

  private static void remove(RunningPackets agent) {
    try {
      PacketReading _ = agent.remove(NAME);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A stream beside a flow that is disturbed, in turns with nothing disturbed. */
  private static void untouched(RunningPackets agent, Datagrams datagrams, Stream stream)
      throws IOException, InterruptedException {
    double _ = stream.rate(PASS);
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      alone.add(stream.rate(PASS) * 8 / 1e9);
      agent.put(NAME, slow(Protocol.UDP, Ends.local(datagrams.port()), Direction.IN, 20));
      beside.add(stream.rate(PASS) * 8 / 1e9);
      agent.remove(NAME);
    }
    row("one stream without a fault, Gbit/s: median, least, most", spread(alone));
    row(
        "the same while another flow has a fault (median less by)",
        spread(beside) + less(alone, beside));
  }

  private static String spread(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    return "%.2f, %.2f, %.2f".formatted(median(figures), sorted.getFirst(), sorted.getLast());
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static String less(List<Double> alone, List<Double> beside) {
    return " (%.1f %%)".formatted(100 * (1 - median(beside) / median(alone)));
  }

  private static void out(Wire wire) throws IOException, InterruptedException {
    try (RunningPackets agent = wire.agentAtNear();
        Stream stream = Stream.over(wire)) {
      agent.put(NAME, slow(Protocol.TCP, Ends.remote(stream.port()), Direction.OUT, 20));
      stream("out", agent, stream);
    }
  }

  private static void stream(String way, RunningPackets agent, Stream stream)
      throws IOException, InterruptedException {
    String warm = gigabits(stream);
    long before = agent.readings().values().stream().mapToLong(PacketReading::bytes).sum();
    Duration processor = processor(agent);
    row(
        "one stream, 20 ms on its way %s, Gbit/s (of the run-up)".formatted(way),
        "%s (%s)".formatted(gigabits(stream), warm));
    PacketReading reading = agent.remove(NAME);
    double gigabits = (reading.bytes() - before) * 8 / 1e9;
    row(
        "its Gbit per second of processor time of the agent; packets held",
        "%.1f; %d"
            .formatted(
                gigabits * 1e9 / processor(agent).minus(processor).toNanos(), reading.mostHeld()));
  }

  private static String gigabits(Stream stream) throws IOException, InterruptedException {
    return "%.2f".formatted(stream.rate(PASS) * 8 / 1e9);
  }

  private static String both(Histogram times) {
    return "%.1f, %.1f".formatted(millis(times, 50), millis(times, 99));
  }

  private static double millis(Histogram times, double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }

  private static void row(String title, String figure) {
    System.out.println("| " + title + " | " + figure + " |");
  }
}
