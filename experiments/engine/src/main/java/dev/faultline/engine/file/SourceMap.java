package dev.faultline.engine.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * language does not: anchors, aliases, tags, twin keys, and what readers of YAML read differently.
 */
final class SourceMap {

  private static final int DEEPEST = 40;

  /** A place, both counted from 0. */
  record Position(int line, int column) {
    static Position of(Event event) {
      Mark mark = event.getStartMark().orElseThrow();
      return new Position(mark.getLine(), mark.getColumn());
    }
  }

  private record Entry(Optional<Position> key, Position value, boolean single) {

    Position at(Refusal.Spot spot) {
      return switch (spot) {
        case KEY -> key.orElse(value);
        case VALUE -> value;
        case WHOLE -> single ? value : key.orElse(value);
      };
    }
  }

  /** A collection being read. */
  private static final class Level {
    final CollectionStartEvent start;
    final List<String> path;
    final boolean mapping;
    int index;
    @Nullable String key;
    Optional<Position> keyAt = Optional.empty();

    Level(CollectionStartEvent start, List<String> path) {
      this.start = start;
      this.path = path;
      this.mapping = start instanceof MappingStartEvent;
    }
  }

  private final SourceText source;
  private final boolean ours;
  private final List<Map<List<String>, Entry>> documents = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private Optional<ScalarEvent> longQuote = Optional.empty();

  private SourceMap(SourceText source, boolean ours) {
    this.source = source;
    this.ours = ours;
  }

  static SourceMap of(SourceText source) throws InvalidFile {
    return of(source, true);
  }

  /** Of a file of another tool, which may hold texts that readers of YAML read differently. */
  static SourceMap ofOthers(SourceText source) throws InvalidFile {
    return of(source, false);
  }

  private static SourceMap of(SourceText source, boolean ours) throws InvalidFile {
    SourceMap map = new SourceMap(source, ours);
    LoadSettings settings = LoadSettings.builder().setLabel(source.name()).build();
    try {
      for (Event event : new Parse(settings).parseReader(source.reader())) {
        map.accept(event);
      }
    } catch (MarkedYamlEngineException broken) {
      NotYaml why = NotYaml.of(broken, map.around());
      throw source.refuse(why.line(), why.column(), why.problem());
    } catch (YamlEngineException broken) {
      throw new InvalidFile(source.name(), "this is not YAML; see docs/file-format.md");
    }
    return map;
  }

  private NotYaml.Around around() {
    Optional<CollectionStartEvent> bracket =
        Optional.ofNullable(levels.peek())
            .map(level -> level.start)
            .filter(CollectionStartEvent::isFlow);
    return new NotYaml.Around(longQuote, bracket);
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
        refuseAmbiguous(scalar);
        noteLongQuote(scalar);
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
    levels.push(new Level(start, value(start)));
  }

  private void scalar(ScalarEvent scalar) throws InvalidFile {
    Level level = levels.peek();
    if (level != null && level.mapping && level.key == null) {
      level.key = scalar.getValue();
      level.keyAt = Optional.of(Position.of(scalar));
      if (documents.getLast().containsKey(child(level.path, level.key))) {
        throw refuse(scalar, "the key '%s' stands here twice; remove one".formatted(level.key));
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
    documents.getLast().put(path, new Entry(key, Position.of(event), event instanceof ScalarEvent));
  }

  private static List<String> child(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  private void refuseTagOrAnchor(Event event, boolean tag, boolean anchor) throws InvalidFile {
    if (tag) {
      throw refuse(event, "tags (!name) are not read here; leave them out");
    }
    if (anchor) {
      throw refuse(event, "anchors (&name) are not read here; leave them out");
    }
  }

  private void refuseAmbiguous(ScalarEvent scalar) throws InvalidFile {
    if (ours && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
      Optional<String> problem = Ambiguous.problem(scalar.getValue());
      if (problem.isPresent()) {
        throw refuse(scalar, problem.get());
      }
    }
  }

  private void noteLongQuote(ScalarEvent scalar) {
    Mark start = scalar.getStartMark().orElseThrow();
    Mark end = scalar.getEndMark().orElseThrow();
    boolean quoted =
        scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
            || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    if (quoted && start.getLine() != end.getLine()) {
      longQuote = Optional.of(scalar);
    }
  }

  private InvalidFile refuse(Event event, String problem) {
    Position at = Position.of(event);
    return source.refuse(at.line(), at.column(), problem);
  }

  /** How many documents there are. */
  int size() {
    return documents.size();
  }

  /** The paths of everything in a document. */
  Set<List<String>> paths(int document) {
    return documents.get(document).keySet();
  }

  /** The place of a path, or of the nearest known thing around it. */
  Position locate(int document, List<String> path, Refusal.Spot spot) {
    Map<List<String>, Entry> entries = documents.get(document);
    List<String> known = List.of();
    for (int i = 0; i < path.size(); i++) {
      List<String> next = child(known, path.get(i));
      if (!entries.containsKey(next)) {
        // A key may hold the slash that separates the steps of a record's complaint.
        List<String> rest = child(known, String.join("/", path.subList(i, path.size())));
        return position(entries, entries.containsKey(rest) ? rest : known, Refusal.Spot.WHOLE);
      }
      known = next;
    }
    return position(entries, known, spot);
  }

  private static Position position(
      Map<List<String>, Entry> entries, List<String> path, Refusal.Spot spot) {
    Entry entry = entries.get(path);
    return entry == null ? new Position(0, 0) : entry.at(spot);
  }
}
