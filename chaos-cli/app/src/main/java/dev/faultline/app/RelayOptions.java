package dev.faultline.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Faults that a relay begins with, as options. */
final class RelayOptions {

  @Option(names = "--latency", paramLabel = "TIME", description = "What is sent takes so long.")
  private @Nullable String latency;

  @Option(names = "--jitter", paramLabel = "TIME", description = "How far the latency strays.")
  private @Nullable String jitter;

  @Option(
      names = "--distribution",
      paramLabel = "NAME",
      description = "How it strays: uniform (default), normal or pareto, as netem has them.")
  private @Nullable String distribution;

  @Option(
      names = "--correlation",
      paramLabel = "SHARE",
      description = "How much a piece's jitter is that of the one before.")
  private @Nullable String correlation;

  @Option(
      names = "--bandwidth",
      paramLabel = "BYTES",
      description = "No more than so many bytes of a connection pass in a second.")
  private @Nullable String bandwidth;

  @Option(
      names = "--reset",
      paramLabel = "TIME",
      description = "Connections are reset after so long.")
  private @Nullable String reset;

  @Option(names = "--refuse", description = "New connections are reset at once.")
  private boolean refuse;

  @Option(names = "--blackhole", description = "Nothing passes, and nothing ends.")
  private boolean blackhole;

  @Option(names = "--half-close", description = "A way is ended, the other goes on.")
  private boolean halfClose;

  @Option(
      names = "--slice",
      paramLabel = "BYTES",
      description = "What is sent is cut into pieces of so many bytes.")
  private @Nullable String slice;

  @Option(names = "--pause", paramLabel = "TIME", description = "The pause after each slice.")
  private @Nullable String pause;

  @Option(
      names = "--limit",
      paramLabel = "BYTES",
      description = "A connection ends in order after so many bytes.")
  private @Nullable String limit;

  @Option(
      names = "--direction",
      paramLabel = "WAY",
      description = "What the faults hit: to-target, from-target or both (default).")
  private @Nullable String direction;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "How many of the connections they hit, such as 10%%.")
  private @Nullable String share;

  @Option(names = "--seed", paramLabel = "NUMBER", description = "Of all chance; 0 if not given.")
  private @Nullable String seed;

  /** The faults, as lines of input would tell them. */
  List<RelayOrder> orders() throws UsageError {
    Map<String, String> given = given();
    List<RelayOrder> orders = new ArrayList<>();
    for (RelayKind kind : RelayKind.values()) {
      if (given.containsKey(kind.word())) {
        orders.add(order(kind, given));
      } else {
        refuseAlone(kind, given);
      }
    }
    return orders;
  }

  private static RelayOrder order(RelayKind kind, Map<String, String> given) throws UsageError {
    List<String> words = new ArrayList<>(List.of(kind.word()));
    if (kind.value() != RelayKind.Value.NONE) {
      words.add(given.getOrDefault(kind.word(), ""));
    }
    for (String setting : kind.allSettings()) {
      if (given.containsKey(setting)) {
        words.addAll(List.of(setting, given.getOrDefault(setting, "")));
      }
    }
    try {
      return RelayWords.read(words);
    } catch (IllegalArgumentException wrong) {
      throw new UsageError(
          "--%s: %s".formatted(kind.word(), wrong.getMessage()),
          "",
          "see 'faultline relay --help'");
    }
  }

  private static void refuseAlone(RelayKind kind, Map<String, String> given) throws UsageError {
    for (String setting : kind.settings()) {
      if (given.containsKey(setting)) {
        throw new UsageError(
            "--%s without --%s".formatted(setting, kind.word()),
            "there is nothing that it could change",
            "give --%s too".formatted(kind.word()));
      }
    }
  }

  private Map<String, String> given() {
    Map<String, @Nullable String> all = new LinkedHashMap<>();
    all.put("latency", latency);
    all.put("jitter", jitter);
    all.put("distribution", distribution);
    all.put("correlation", correlation);
    all.put("bandwidth", bandwidth);
    all.put("reset", reset);
    all.put("refuse", refuse ? "" : null);
    all.put("blackhole", blackhole ? "" : null);
    all.put("half-close", halfClose ? "" : null);
    all.put("slice", slice);
    all.put("pause", pause);
    all.put("limit", limit);
    all.put("direction", direction);
    all.put("share", share);
    all.put("seed", seed);
    Map<String, String> given = new LinkedHashMap<>();
    all.forEach(
        (name, text) -> {
          if (text != null) {
            given.put(name, text);
          }
        });
    return given;
  }
}
