package dev.faultline.engine.file;

import java.util.Optional;

/** A file is refused; the message is complete for the user. */
public final class InvalidFile extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient Optional<Place> place;
  private final String problem;

  /** Where in a file, both counted from 1, with the text of that line. */
  public record Place(int line, int column, String text) {}

  /** A refusal of the file as a whole. */
  public InvalidFile(String file, String problem) {
    this(file, Optional.empty(), problem);
  }

  /** A refusal of a place in the file. */
  public InvalidFile(String file, Optional<Place> place, String problem) {
    super(render(file, place, problem));
    this.file = file;
    this.place = place;
    this.problem = problem;
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The place, where it is known. */
  public Optional<Place> place() {
    return place;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }

  private static String render(String file, Optional<Place> place, String problem) {
    return place
        .map(
            at ->
                "%s:%d:%d: %s%n    %s%n    %s^"
                    .formatted(
                        file,
                        at.line(),
                        at.column(),
                        problem,
                        at.text(),
                        " ".repeat(Math.max(0, at.column() - 1))))
        .orElseGet(() -> "%s: %s".formatted(file, problem));
  }
}
