package dev.faultline.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fuse did when it fired, as it left it in {@code LEASE.FAULT.fired} (0600): a first line
 * with the cause, then one line for each action.
 */
public record Fired(Cause cause, List<Outcome> outcomes) {

  /** Why the fuse fired. */
  public enum Cause {
    /** The counter of the lease was silent for longer than it may. */
    STALE,
    /** The lease file was removed without having been released. */
    LEASE_GONE,
    /** Somebody sent TERM, INT or HUP: undo now. */
    TERMINATED,
    /** The fuse could no longer watch. */
    BROKEN
  }

  /**
   * What came of one action.
   *
   * @param done whether it succeeded, or had nothing left to do
   * @param attempts how often it was tried, from 1
   * @param detail one line for people: what was tried, and what came of the last attempt
   */
  public record Outcome(boolean done, int attempts, String detail) {
    public Outcome {
      detail = detail.replaceAll("\\p{Cntrl}", "?");
      detail = detail.substring(0, Math.min(detail.length(), 300));
    }
  }

  private static final Pattern FIRST = Pattern.compile("faultline-fired 1 ([A-Z_]+)");
  private static final Pattern LINE =
      Pattern.compile("(done|failed) attempts=([0-9]{1,9}) (\\P{Cntrl}*)");

  /** Copies. */
  public Fired {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether every action was done. */
  public boolean allDone() {
    return outcomes.stream().allMatch(Outcome::done);
  }

  /** Where the fuse of this fault, watching this lease, writes what it did. */
  public static Path path(Path lease, String fault) {
    return lease.resolveSibling(lease.getFileName() + "." + fault + ".fired");
  }

  /**
   * Reads the file; empty when there is none, as the fuse has not fired, or not finished.
   *
   * @throws IOException when it cannot be read or was not written by a fuse of this version
   */
  public static Optional<Fired> read(Path file) throws IOException {
    try {
      return Optional.of(parse(file, Files.readAllLines(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static Fired parse(Path file, List<String> lines) throws IOException {
    Matcher first = FIRST.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!first.matches()) {
      throw new IOException("not written by a fuse of this version: " + file);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IOException("not an action in " + file + ": " + line);
      }
      outcomes.add(
          new Outcome(
              line.startsWith("done"),
              Integer.parseInt(parts.group(2)),
              line.substring(parts.start(3))));
    }
    try {
      return new Fired(Cause.valueOf(first.group(1)), outcomes);
    } catch (IllegalArgumentException unknown) {
      throw new IOException("unknown cause in " + file + ": " + first.group(1), unknown);
    }
  }

  /** Appears as a whole or not at all, so that a reader never sees half of it. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(draft, lines(), StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("faultline-fired 1 " + cause);
    for (Outcome outcome : outcomes) {
      lines.add(
          "%s attempts=%d %s"
              .formatted(outcome.done() ? "done" : "failed", outcome.attempts(), outcome.detail()));
    }
    return lines;
  }
}
