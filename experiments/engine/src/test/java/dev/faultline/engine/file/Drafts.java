package dev.faultline.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes valid experiments by chance, as trees of mappings, lists and texts. */
final class Drafts {

  private static final List<String> TEXTS =
      List.of(
          "plain", "with: colon", "yes", "007", "", "#5", "é ü", "a \"quoted\" one", "- x", "1%");

  private final SplittableRandom chance;

  Drafts(long seed) {
    chance = new SplittableRandom(seed);
  }

  Map<String, Object> experiment() {
    Map<String, Object> spec = new LinkedHashMap<>();
    maybe(spec, "hypothesis", this::text);
    maybe(spec, "environment", () -> chance.nextBoolean() ? "shop" : environment());
    maybe(spec, "load", this::load);
    spec.put("gates", numbered(1 + chance.nextInt(4), this::gate));
    maybe(
        spec,
        "observe",
        () ->
            List.of(
                Map.of("breaker", "b"),
                Map.of("name", "r", "retries", Map.of("calls", "c", "retries", "r")),
                Map.of("fallback", "f")));
    spec.put("faults", numbered(1 + chance.nextInt(4), this::fault));
    maybe(spec, "recovery", () -> Map.of("within", duration()));
    maybe(spec, "baseline", this::duration);
    maybe(spec, "lease", () -> (2 + chance.nextInt(60)) + "s");
    maybe(spec, "seed", () -> chance.nextLong());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "faultline.dev/v1");
    document.put("kind", "Experiment");
    document.put("metadata", Map.of("name", "x" + chance.nextInt(999), "labels", texts()));
    document.put("spec", spec);
    return document;
  }

  private Object environment() {
    Map<String, Object> web = new LinkedHashMap<>();
    web.put("command", List.of("sleep", text()));
    maybe(web, "env", this::texts);
    web.put("ports", Map.of("http", chance.nextBoolean() ? "auto" : 1 + chance.nextInt(65_535)));
    maybe(web, "health", () -> Map.of("http", "/", "port", "http", "within", duration()));
    maybe(web, "metrics", () -> Map.of("path", "/metrics", "port", "http"));
    maybe(web, "restart", () -> Map.of("policy", pick("always", "never"), "delay", duration()));
    maybe(web, "needs", () -> List.of("db"));
    maybe(web, "package", () -> pick("coreutils", "g++"));
    Map<String, Object> processes = new LinkedHashMap<>();
    processes.put("web", web);
    processes.put("db", Map.of("command", List.of("db")));
    Map<String, Object> spec = new LinkedHashMap<>();
    if (chance.nextBoolean()) {
      spec.put("lab", Map.of("processes", processes));
    } else {
      spec.put("local", Map.of("processes", Map.of("api", Map.of("pidFile", "x.pid"))));
    }
    maybe(spec, "prometheus", () -> Map.of("url", "http://p:9090", "timeout", duration()));
    maybe(spec, "load", this::load);
    return spec;
  }

  private Object load() {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("http", "http://127.0.0.1/");
    load.put("rate", (1 + chance.nextInt(500)) + pick("/s", "/m", "/h"));
    maybe(load, "tagged", () -> Map.of("share", "10%", "headers", Map.of("x-user", "beta")));
    maybe(load, "method", () -> pick("GET", "POST"));
    maybe(load, "headers", this::texts);
    maybe(load, "body", this::text);
    maybe(load, "timeout", this::duration);
    return load;
  }

  private Object gate(int number) {
    Map<String, Object> gate = new LinkedHashMap<>();
    gate.put("name", "g" + number);
    switch (chance.nextInt(6)) {
      case 0 -> bounded(gate, "load", "p99", this::duration);
      case 1 -> bounded(gate, "load", Map.of("read", "errors", "over", duration()), this::share);
      case 2 -> bounded(gate, "ratio", Map.of("bad", text() + "b", "total", "t"), this::share);
      case 3 -> bounded(gate, "command", List.of("test", text()), () -> chance.nextInt(9));
      case 4 -> bounded(gate, "prometheus", "up", this::quantity);
      default ->
          bounded(
              gate,
              "prometheus",
              Map.of("query", "up", "over", duration(), "reduce", pick("min", "max", "avg")),
              this::quantity);
    }
    maybe(gate, "lasting", this::duration);
    maybe(gate, "when", () -> List.of(pick("before", "during", "after")));
    maybe(gate, "breach", () -> pick("abort", "record"));
    maybe(gate, "noData", () -> pick("inconclusive", "fail"));
    maybe(gate, "fresh", this::text);
    return gate;
  }

  private void bounded(
      Map<String, Object> gate, String word, Object signal, Supplier<Object> limit) {
    gate.put(word, signal);
    Object one = limit.get();
    switch (chance.nextInt(4)) {
      case 0 -> gate.put("below", one);
      case 1 -> gate.put("above", one);
      case 2 -> gate.put("equals", one);
      default -> gate.put("between", List.of(one, one));
    }
  }

  private Object fault(int number) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("name", "f" + number);
    switch (chance.nextInt(4)) {
      case 0 -> {
        fault.put("freeze", Map.of());
        fault.put("target", target());
        fault.put("for", duration());
      }
      case 1 -> {
        fault.put("kill", chance.nextBoolean() ? Map.of() : Map.of("signal", pick("term", "int")));
        fault.put("target", target());
      }
      case 2 -> {
        fault.put("kill", Map.of());
        fault.put("target", target());
        fault.put("every", "500ms");
        fault.put("for", (1 + chance.nextInt(100)) + "s");
      }
      default -> {
        fault.put(
            "custom",
            Map.of("do", List.of("a", text()), "undo", List.of("b"), "verify", List.of("c")));
        fault.put("for", duration());
      }
    }
    maybe(fault, "start", this::duration);
    if (number > 0 && chance.nextBoolean()) {
      fault.put("after", "f" + chance.nextInt(number));
    }
    return fault;
  }

  private Object target() {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put(pick("service", "process"), chance.nextBoolean() ? "web" : List.of("web", "db"));
    switch (chance.nextInt(3)) {
      case 0 -> target.put("count", 1 + chance.nextInt(3));
      case 1 -> target.put("percent", (1 + chance.nextInt(100)) + "%");
      default -> maybe(target, "pick", () -> pick("first", "random"));
    }
    return target;
  }

  private List<Object> numbered(int many, java.util.function.IntFunction<Object> make) {
    return new ArrayList<>(IntStream.range(0, many).mapToObj(make).toList());
  }

  private void maybe(Map<String, Object> into, String key, Supplier<Object> value) {
    if (chance.nextBoolean()) {
      into.put(key, value.get());
    }
  }

  private Object quantity() {
    return switch (chance.nextInt(4)) {
      case 0 -> duration();
      case 1 -> share();
      case 2 -> chance.nextInt(1000) + pick("Mi", "/s", "pp");
      default -> chance.nextInt(1000);
    };
  }

  private Object share() {
    return pick("1%", "0.5%", "99.99%", "0", "0.01");
  }

  private String duration() {
    return (1 + chance.nextInt(900)) + pick("ms", "s", "m", "h", "us");
  }

  private String text() {
    return TEXTS.get(chance.nextInt(TEXTS.size()));
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = chance.nextInt(3); i > 0; i--) {
      texts.put("KEY_" + chance.nextInt(100), text());
    }
    return texts;
  }

  private String pick(String... words) {
    return words[chance.nextInt(words.length)];
  }
}
