package dev.faultline.engine.file;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a text is not YAML, in the words of a person, at the place where it can be repaired.
 *
 * @param line counted from 0
 * @param column counted from 0
 */
record NotYaml(int line, int column, String problem) {

  private static final Pattern NO_TOKEN = Pattern.compile("found character '?(.)");

  private static final Map<String, String> KNOWN =
      Map.of(
          "mapping values are not allowed",
          "a ':' cannot stand here; put the whole text in quotes, or check the indentation",
          "escape character",
          "this is no escape in double quotes; double the backslash, or use single quotes",
          "could not find expected ':'",
          "a key before this place has no ':'; check the lines above and their indentation",
          "sequence entries are not allowed",
          "a list cannot begin here; put '- ' on a line of its own below the key");

  /**
   * What was open when the parser gave up.
   *
   * @param longQuote the last text in quotes that ran over several lines: often the quote that
   *     should have been closed
   * @param bracket the innermost bracket that is still open
   */
  record Around(Optional<ScalarEvent> longQuote, Optional<CollectionStartEvent> bracket) {}

  /** Explains what the parser said. */
  static NotYaml of(MarkedYamlEngineException broken, Around around) {
    Mark at = broken.getProblemMark().or(broken::getContextMark).orElseThrow();
    Mark opened = broken.getContextMark().orElse(at);
    String said = String.valueOf(broken.getProblem());
    String context = String.valueOf(broken.getContext());
    Optional<Mark> quote =
        around
            .longQuote()
            .filter(scalar -> scalar.getEndMark().orElseThrow().getLine() == at.getLine())
            .flatMap(ScalarEvent::getStartMark);
    if (quote.isPresent()) {
      return new NotYaml(quote.get(), "the quote that opens here is not closed where it should be");
    }
    if ((said.contains("end of stream") && context.contains("quoted"))
        || said.contains("document separator")) {
      return new NotYaml(opened, "the quote that opens here is never closed");
    }
    Optional<String> known = words(said);
    if (known.isPresent()) {
      return new NotYaml(at, known.get());
    }
    return around
        .bracket()
        .map(NotYaml::open)
        .orElseGet(
            () ->
                new NotYaml(
                    at,
                    "this does not fit what stands before it; check quotes, brackets and"
                        + " indentation"));
  }

  private static NotYaml open(CollectionStartEvent bracket) {
    return new NotYaml(
        bracket.getStartMark().orElseThrow(),
        bracket instanceof MappingStartEvent
            ? "the mapping that opens here with '{' is not closed with '}', or something within"
                + " does not fit"
            : "the list that opens here with '[' is not closed with ']', or something within does"
                + " not fit");
  }

  private NotYaml(Mark at, String problem) {
    this(at.getLine(), at.getColumn(), problem);
  }

  private static Optional<String> words(String said) {
    Matcher noToken = NO_TOKEN.matcher(said);
    if (noToken.find()) {
      return Optional.of(
          noToken.group(1).equals("\t") || noToken.group(1).equals("\\")
              ? "a tab stands here; YAML is indented with spaces only"
              : "a text cannot start with '%s'; put it in quotes".formatted(noToken.group(1)));
    }
    return KNOWN.entrySet().stream()
        .filter(known -> said.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
