package dev.faultline.engine.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Thinned;
import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An audit log is followed from its first line to its last, whatever stands in it. Each is read as
 * it is, and again with the hashes that belong to its records, which no chance would find.
 */
public final class AuditTarget {

  private static final Path FILE = Path.of("mutant.audit").toAbsolutePath();
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

  private AuditTarget() {}

  /** A log with an act of each kind, and what is left of each record without one of its parts. */
  public static List<byte[]> seeds() {
    List<Act> acts =
        List.of(
            new Act.Began("r", "e", "e.yaml", "lab", "abc", false, List.of("bob")),
            new Act.Ended("r", "e", "passed", 0, Optional.of("SIGTERM")),
            new Act.Undone("r", "journal", true),
            new Act.Approved("r", 2, true, "why"),
            new Act.Signed("e", "abc", NOW, "why"),
            new Act.Halted(Optional.of("r"), "why"),
            new Act.Resumed("halt"),
            new Act.Mended(3, "{\"s"));
    List<byte[]> seeds = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    String before = AuditLine.NOTHING;
    Who who = new Who("alice", "host", Optional.of("github:bob"));
    for (int number = 1; number <= acts.size(); number++) {
      AuditRecord record = new AuditRecord(number, NOW, who, acts.get(number - 1), before);
      AuditLine line = AuditLine.of(record);
      whole.append(line.text()).append('\n');
      before = line.hash();
      for (byte[] json : Thinned.of(Codec.json().writeValueAsString(record))) {
        seeds.add((hashed(new String(json, UTF_8)) + "\n").getBytes(UTF_8));
      }
    }
    seeds.addFirst(whole.toString().getBytes(UTF_8));
    return seeds;
  }

  private static String hashed(String json) {
    AuditLine line = new AuditLine("", json);
    return new AuditLine(line.computed(), json).text();
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    follow(input);
    StringBuilder healed = new StringBuilder();
    for (String line : new String(input, UTF_8).split("\n")) {
      AuditLine.read(line).ifPresent(read -> healed.append(hashed(read.json())).append('\n'));
    }
    follow(healed.toString().getBytes(UTF_8));
  }

  private static void follow(byte[] log) throws IOException {
    Files.write(FILE, log);
    AuditChain chain = new AuditChain("0");
    List<String> lines = new ArrayList<>();
    long torn = AuditLog.read(FILE, lines::add);
    if (torn > log.length) {
      throw new AssertionError("more is torn than there is");
    }
    for (String line : lines) {
      chain.take(line);
      Optional<AuditLine> read = AuditLine.read(line);
      Optional<AuditRecord> record = read.flatMap(AuditLine::record);
      if (record.isPresent() && !again(record.get()).equals(record)) {
        throw new AssertionError("what was read is not what is written: " + line);
      }
    }
  }

  private static Optional<AuditRecord> again(AuditRecord record) {
    return AuditLine.read(AuditLine.of(record).text()).flatMap(AuditLine::record);
  }
}
