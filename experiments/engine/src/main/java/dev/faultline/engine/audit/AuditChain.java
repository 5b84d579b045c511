package dev.faultline.engine.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the lines of a log, and finds where they do not follow each other. A function of the
 * lines alone. Not thread-safe.
 */
public final class AuditChain {

  private static final int TOLD = 10;

  private final String sought;
  private final List<Flaw> flaws = new ArrayList<>();
  private long lines;
  private long flawed;
  private long last;
  private String head = AuditLine.NOTHING;
  private long found;

  /**
   * A chain in which a hash is looked for.
   *
   * @param sought the hash, or its first digits; nothing is looked for when it is empty
   */
  public AuditChain(String sought) {
    this.sought = sought;
  }

  /**
   * A place where the chain does not hold.
   *
   * @param line counted from 1
   * @param what what is wrong
   * @param why what shows it
   */
  public record Flaw(long line, String what, String why) {}

  /** Takes the next line, without its end. */
  public void take(String text) {
    lines++;
    Optional<AuditLine> read = AuditLine.read(text);
    Optional<AuditLine.Link> link = read.flatMap(AuditLine::link);
    if (read.isEmpty() || link.isEmpty()) {
      flaw("it is no record", "it has not the form that each record has");
      // What follows cannot be told from it: where the next one stands is taken from there.
      last++;
      head = "";
      return;
    }
    follow(read.get(), link.get());
  }

  private void follow(AuditLine line, AuditLine.Link link) {
    String computed = line.computed();
    if (!computed.equals(line.hash())) {
      flaw(
          "the record was altered",
          "its hash is %s, and the line says %s".formatted(brief(computed), brief(line.hash())));
    }
    if (lines == 1 && !link.before().equals(AuditLine.NOTHING)) {
      flaw(
          "the records before it are missing",
          "it is the first line, and follows " + brief(link.before()));
    } else if (!head.isEmpty() && !link.before().equals(head)) {
      flaw(
          "it does not follow the record before",
          "that one's hash is %s, and this one follows %s: lines were taken out, put in, moved or"
                  .formatted(brief(head), brief(link.before()))
              + " written anew before it");
    } else if (link.number() != last + 1) {
      flaw("it has the wrong number", "%d follows %d".formatted(link.number(), last));
    }
    last = link.number();
    head = line.hash();
    if (!sought.isEmpty() && computed.startsWith(sought)) {
      found = lines;
    }
  }

  private void flaw(String what, String why) {
    flawed++;
    if (flaws.size() < TOLD) {
      flaws.add(new Flaw(lines, what, why));
    }
  }

  private static String brief(String hash) {
    return hash.equals(AuditLine.NOTHING)
        ? "nothing"
        : hash.substring(0, Math.min(12, hash.length()));
  }

  /** The places where it does not hold, up to the first ten. */
  public List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  /** How many such places there are. */
  public long flawed() {
    return flawed;
  }

  /** How many lines there are. */
  public long lines() {
    return lines;
  }

  /** The hash of the last record. */
  public String head() {
    return head;
  }

  /** The line whose hash was looked for, from 1; 0 where none has it. */
  public long found() {
    return found;
  }
}
