package dev.faultline.app;

import dev.faultline.model.codec.Words;
import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a relay is told, such as {@code latency 100ms jitter 10ms direction to-target}. */
final class RelayWords {

  private static final String CLEAR = "clear";
  private static final String STATUS = "status";

  private RelayWords() {}

  private enum Direction {
    BOTH,
    TO_TARGET,
    FROM_TARGET
  }

  private static Set<Way> ways(Direction direction) {
    return switch (direction) {
      case BOTH -> EnumSet.allOf(Way.class);
      case TO_TARGET -> EnumSet.of(Way.TO_TARGET);
      case FROM_TARGET -> EnumSet.of(Way.FROM_TARGET);
    };
  }

  /**
   * Reads a line of words.
   *
   * @throws IllegalArgumentException with what is wrong, in words
   */
  static RelayOrder read(String line) {
    return read(List.of(line.strip().split("\\s+")));
  }

  /**
   * Reads words.
   *
   * @throws IllegalArgumentException with what is wrong, in words
   */
  static RelayOrder read(List<String> words) {
    String first = words.getFirst();
    if (first.equals(STATUS) && words.size() == 1) {
      return new RelayOrder.Status();
    }
    if (first.equals(CLEAR) && words.size() <= 2) {
      return new RelayOrder.Clear(words.stream().skip(1).findFirst());
    }
    RelayKind kind = RelayKind.of(first).orElseThrow(() -> unknown(first));
    RelaySettings settings = settings(kind, words.subList(1, words.size()));
    RelayFault fault =
        new RelayFault(
            kind.make(settings),
            ways(settings.oneOf("direction", Direction.class, Direction.BOTH)),
            settings.share("share", 1),
            settings.seed());
    return new RelayOrder.Put(settings.text("as").orElse(kind.word()), fault);
  }

  private static IllegalArgumentException unknown(String word) {
    List<String> known = new ArrayList<>(RelayKind.words());
    known.add(CLEAR);
    known.add(STATUS);
    return new IllegalArgumentException(Words.unknown("order", word, known));
  }

  private static RelaySettings settings(RelayKind kind, List<String> words) {
    Map<String, String> given = new LinkedHashMap<>();
    int next = 0;
    boolean value = !words.isEmpty() && !kind.allSettings().contains(words.getFirst());
    switch (kind.value()) {
      case NONE -> {}
      case OPTIONAL -> next = value ? 1 : 0;
      case REQUIRED -> {
        if (!value) {
          throw new IllegalArgumentException("%s needs a value".formatted(kind.word()));
        }
        next = 1;
      }
    }
    if (next == 1) {
      given.put(kind.word(), words.getFirst());
    }
    for (; next < words.size(); next += 2) {
      put(given, kind, words.get(next), words.stream().skip(next + 1L).findFirst());
    }
    return new RelaySettings(given);
  }

  private static void put(
      Map<String, String> given, RelayKind kind, String name, Optional<String> value) {
    if (!kind.allSettings().contains(name)) {
      throw new IllegalArgumentException(
          Words.unknown("setting of " + kind.word(), name, kind.allSettings()));
    }
    String text = value.orElseThrow(() -> new IllegalArgumentException(name + " needs a value"));
    if (given.put(name, text) != null) {
      throw new IllegalArgumentException(name + " stands there twice");
    }
  }
}
