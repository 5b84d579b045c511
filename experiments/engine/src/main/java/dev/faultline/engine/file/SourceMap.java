package dev.faultline.engine.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Where each key and value of a file stands. On the way it refuses what YAML allows and this
 * language does not: anchors, aliases, tags, twin keys, and words that YAML 1.1 takes for booleans.
 */
final class SourceMap {

  private static final int DEEPEST = 40;
  private static final Set<String> BOOLEANS_OF_YAML_1_1 =
      Set.of("y", "n", "yes", "no", "on", "off");
  private static final Pattern INDEX = Pattern.compile("\\d+");

  /** A place, both counted from 0. */
  record Position(int line, int column) {
    static Position of(Event event) {
      Mark mark = event.getStartMark().orElseThrow();
      return new Position(mark.getLine(), mark.getColumn());
    }
  }

  private record Entry(Optional<Position> key, Position value) {}

  /** A collection being read. */
  private static final class Level {
    final List<String> path;
    final boolean mapping;
    int index;
    @Nullable String key;
    Optional<Position> keyAt = Optional.empty();

    Level(List<String> path, boolean mapping) {
      this.path = path;
      this.mapping = mapping;
    }
  }

  private final SourceText source;
  private final List<Map<List<String>, Entry>> documents = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();

  private SourceMap(SourceText source) {
    this.source = source;
  }

  static SourceMap of(SourceText source) throws InvalidFile {
    SourceMap map = new SourceMap(source);
    LoadSettings settings = LoadSettings.builder().setLabel(source.name()).build();
    try {
      for (Event event : new Parse(settings).parseString(source.text())) {
        map.accept(event);
      }
    } catch (MarkedYamlEngineException broken) {
      Mark mark = broken.getProblemMark().or(broken::getContextMark).orElseThrow();
      throw source.refuse(
          mark.getLine(), mark.getColumn(), "this is not YAML: " + broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new InvalidFile(source.name(), "this is not YAML: " + broken.getMessage());
    }
    return map;
  }

  private void accept(Event event) throws InvalidFile {
    switch (event) {
      case DocumentStartEvent _ -> documents.add(new HashMap<>());
      case AliasEvent _ ->
          throw refuse(event, "aliases (*name) are not read here; write the value");
      case CollectionStartEvent start -> {
        refuseTagOrAnchor(start, start.getTag().isPresent(), start.getAnchor().isPresent());
        open(start);
      }
      case CollectionEndEvent _ -> levels.pop();
      case ScalarEvent scalar -> {
        refuseTagOrAnchor(scalar, scalar.getTag().isPresent(), scalar.getAnchor().isPresent());
        refuseOldBoolean(scalar);
        scalar(scalar);
      }
      default -> {}
    }
  }

  private void open(CollectionStartEvent start) throws InvalidFile {
    if (levels.size() >= DEEPEST) {
      throw refuse(start, "nested deeper than %d levels".formatted(DEEPEST));
    }
    Level outer = levels.peek();
    if (outer != null && outer.mapping && outer.key == null) {
      throw refuse(start, "a key must be a word, not a list or a mapping");
    }
    levels.push(new Level(value(start), start instanceof MappingStartEvent));
  }

  private void scalar(ScalarEvent scalar) throws InvalidFile {
    Level level = levels.peek();
    if (level != null && level.mapping && level.key == null) {
      level.key = scalar.getValue();
      level.keyAt = Optional.of(Position.of(scalar));
      if (documents.getLast().containsKey(child(level.path, level.key))) {
        throw refuse(scalar, "the key '%s' stands here twice".formatted(level.key));
      }
      return;
    }
    value(scalar);
  }

  /** Notes the place of a value and returns its path. */
  private List<String> value(Event event) {
    Level level = levels.peek();
    if (level == null) {
      note(List.of(), Optional.empty(), event);
      return List.of();
    }
    String step = level.mapping ? String.valueOf(level.key) : String.valueOf(level.index++);
    List<String> path = child(level.path, step);
    note(path, level.keyAt, event);
    level.key = null;
    level.keyAt = Optional.empty();
    return path;
  }

  private void note(List<String> path, Optional<Position> key, Event event) {
    documents.getLast().put(path, new Entry(key, Position.of(event)));
  }

  private static List<String> child(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  private void refuseTagOrAnchor(Event event, boolean tag, boolean anchor) throws InvalidFile {
    if (tag) {
      throw refuse(event, "tags (!name) are not read here; leave it out");
    }
    if (anchor) {
      throw refuse(event, "anchors (&name) are not read here; leave it out");
    }
  }

  private void refuseOldBoolean(ScalarEvent scalar) throws InvalidFile {
    if (scalar.getScalarStyle() == ScalarStyle.PLAIN
        && BOOLEANS_OF_YAML_1_1.contains(scalar.getValue().toLowerCase(Locale.ROOT))) {
      throw refuse(
          scalar,
          "other readers of YAML take %s for a boolean; write \"%s\" in quotes, or true or false"
              .formatted(scalar.getValue(), scalar.getValue()));
    }
  }

  private InvalidFile refuse(Event event, String problem) {
    Position at = Position.of(event);
    return source.refuse(at.line(), at.column(), problem);
  }

  int documents() {
    return documents.size();
  }

  /**
   * The place of a path; a step that is not in the file (the name of a component whose word stands
   * there without it) is passed over.
   */
  Position locate(int document, List<String> path, boolean atKey) {
    List<String> known = List.of();
    for (String step : path) {
      List<String> next = child(known, step);
      if (documents.get(document).containsKey(next)) {
        known = next;
      } else if (INDEX.matcher(step).matches()) {
        break;
      }
    }
    Entry entry = documents.get(document).get(known);
    if (entry == null) {
      return new Position(0, 0);
    }
    return atKey ? entry.key().orElse(entry.value()) : entry.value();
  }
}
