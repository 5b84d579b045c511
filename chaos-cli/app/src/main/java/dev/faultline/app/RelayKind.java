package dev.faultline.app;

import dev.faultline.node.delay.Distribution;
import dev.faultline.node.relay.StreamFault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The faults of a relay, as they are written in a line: the word, its value, its settings. */
@SuppressWarnings(
    "ImmutableEnumChecker") // the lists are those of List.of, and the makers keep nothing
enum RelayKind {
  LATENCY(
      Value.REQUIRED,
      List.of("jitter", "distribution", "correlation"),
      given ->
          new StreamFault.Latency(
              given.duration("latency"),
              given.duration("jitter"),
              given.oneOf("distribution", Distribution.class, Distribution.UNIFORM),
              given.share("correlation", 0))),
  BANDWIDTH(
      Value.REQUIRED, List.of(), given -> new StreamFault.Bandwidth(given.bytes("bandwidth"))),
  RESET(Value.OPTIONAL, List.of(), given -> new StreamFault.Reset(given.duration("reset"))),
  REFUSE(Value.NONE, List.of(), _ -> new StreamFault.Refuse()),
  BLACKHOLE(Value.NONE, List.of(), _ -> new StreamFault.Blackhole()),
  HALF_CLOSE(Value.NONE, List.of(), _ -> new StreamFault.HalfClose()),
  SLICE(
      Value.REQUIRED,
      List.of("pause"),
      given ->
          new StreamFault.Slice(
              Math.toIntExact(Math.min(Integer.MAX_VALUE, given.bytes("slice"))),
              given.duration("pause"))),
  LIMIT(Value.REQUIRED, List.of(), given -> new StreamFault.Limit(given.bytes("limit")));

  /** Whether a value stands behind the word. */
  enum Value {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /** The settings that each of them has. */
  static final List<String> COMMON = List.of("direction", "share", "seed", "as");

  private final Value value;
  private final List<String> settings;
  private final Function<RelaySettings, StreamFault> maker;

  RelayKind(Value value, List<String> settings, Function<RelaySettings, StreamFault> maker) {
    this.value = value;
    this.settings = settings;
    this.maker = maker;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Value value() {
    return value;
  }

  /** Those of its own. */
  List<String> settings() {
    return settings;
  }

  /** All that may stand behind its value. */
  List<String> allSettings() {
    return Stream.concat(settings.stream(), COMMON.stream()).toList();
  }

  /**
   * The fault.
   *
   * @throws IllegalArgumentException in words when a setting is wrong
   */
  StreamFault make(RelaySettings given) {
    return maker.apply(given);
  }

  static Optional<RelayKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(RelayKind::word).toList();
  }
}
