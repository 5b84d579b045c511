package dev.faultline.node.packet.text;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Words of a line that begin with a key; arbitrary text is in base64, what is absent is a dash. */
final class Words {

  static final String NONE = "-";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String[] words;
  private int next;

  Words(String line) {
    this.words = line.split(" ", -1);
  }

  /** The next word as it is. */
  String take() {
    if (next == words.length) {
      throw new IllegalArgumentException("the line is too short");
    }
    return words[next++];
  }

  /** The value of the next word, which must have this key. */
  String take(String key) {
    String word = take();
    if (!word.startsWith(key + "=")) {
      throw new IllegalArgumentException("'" + key + "=' is missing before '" + word + "'");
    }
    return word.substring(key.length() + 1);
  }

  boolean hasNext() {
    return next < words.length;
  }

  static <T> List<T> list(String text, Function<String, T> parser) {
    return text.equals(NONE) ? List.of() : Arrays.stream(text.split(",", -1)).map(parser).toList();
  }

  static String list(List<?> values) {
    return values.isEmpty() ? NONE : values.stream().map(Object::toString).collect(joining(","));
  }

  static Optional<String> text(String word) {
    if (word.equals(NONE)) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(word));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException noText) {
      throw new IllegalArgumentException("not UTF-8 in base64: " + word, noText);
    }
  }

  static String word(Optional<String> text) {
    return text.map(it -> Base64.getEncoder().encodeToString(it.getBytes(StandardCharsets.UTF_8)))
        .orElse(NONE);
  }

  static Duration nanos(String text) {
    return Duration.ofNanos(Long.parseLong(text));
  }

  static String nanos(Duration time) {
    return Long.toString(time.toNanos());
  }

  /** The name of a fault. */
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("not the name of a fault: '" + text + "'");
    }
    return text;
  }
}
