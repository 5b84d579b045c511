package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import java.util.List;

/** No plan can be made, and nothing was touched; the message says why and what to do. */
public final class Unplannable extends Exception {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient List<String> path;

  /** States why, and what that makes of the run: refused or not ready. */
  public Unplannable(Outcome outcome, String message) {
    this(outcome, message, List.of());
  }

  /**
   * The same of a part of the file.
   *
   * @param path the keys down to it
   */
  public Unplannable(Outcome outcome, String message, List<String> path) {
    super(message);
    this.outcome = outcome;
    this.path = List.copyOf(path);
  }

  /** The keys down to the part of the file that is to blame; empty where none is. */
  public List<String> path() {
    return path;
  }

  /** Why, and what to do. */
  public String words() {
    return String.valueOf(getMessage());
  }

  /** What it makes of the run. */
  public Outcome outcome() {
    return outcome;
  }
}
