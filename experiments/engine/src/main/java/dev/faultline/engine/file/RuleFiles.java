package dev.faultline.engine.file;

import dev.faultline.model.codec.Words;
import dev.faultline.model.gate.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds an alerting rule in a file of rules, or in a {@code PrometheusRule}. Thread-safe. */
final class RuleFiles {

  private static final Set<String> GROUP =
      Set.of("name", "interval", "rules", "labels", "limit", "partial_response_strategy");
  private static final Set<String> RULE =
      Set.of("alert", "expr", "for", "labels", "annotations", "keep_firing_for");

  private final ForeignFiles files;

  RuleFiles(ForeignFiles files) {
    this.files = files;
  }

  private record Candidate(ForeignNode group, ForeignNode rule) {}

  /**
   * Reads one rule.
   *
   * @param name the file as messages call it
   */
  Alert.Rule read(Alert alert, Path file, String name) throws InvalidFile {
    Set<String> known = new TreeSet<>();
    List<Candidate> found = new ArrayList<>();
    for (ForeignNode document : files.read(file, name)) {
      for (ForeignNode group : groups(document).list()) {
        for (ForeignNode rule : group.at("rules").list()) {
          known.add(rule.textOr("alert", ""));
          if (rule.textOr("alert", "").equals(alert.name())) {
            found.add(new Candidate(group, rule));
          }
        }
      }
    }
    known.remove("");
    if (found.isEmpty()) {
      throw new InvalidFile(
          name,
          known.isEmpty()
              ? "no alert stands in this file; '%s' is looked for here".formatted(alert.name())
              : Words.unknown("alert", alert.name(), known));
    }
    if (found.size() > 1) {
      throw found
          .get(1)
          .rule()
          .at("alert")
          .refuse(
              "%d rules are called '%s', and a gate reads one; 'alert: %s' without 'file' asks"
                      .formatted(found.size(), alert.name(), alert.name())
                  + " Prometheus for all of them");
    }
    return read(found.getFirst());
  }

  private static ForeignNode groups(ForeignNode document) throws InvalidFile {
    if (document.textOr("kind", "").equals("PrometheusRule")) {
      return document.at("spec").only(Set.of("groups")).at("groups");
    }
    if (document.has("groups")) {
      return document.only(Set.of("groups")).at("groups");
    }
    throw document.refuse(
        "this is no file of rules: it has neither 'groups' nor 'kind: PrometheusRule'");
  }

  private static Alert.Rule read(Candidate candidate) throws InvalidFile {
    ForeignNode group = candidate.group();
    ForeignNode rule = candidate.rule();
    if (group.has("query_offset")) {
      throw group.refuse("query_offset", "a gate reads the present moment; ask Prometheus itself");
    }
    group.only(GROUP);
    if (group.has("limit") && group.at("limit").number().signum() != 0) {
      throw group.refuse("limit", "a gate counts every series; ask Prometheus itself");
    }
    rule.only(RULE);
    if (rule.has("keep_firing_for") && !rule.at("keep_firing_for").duration().isZero()) {
      throw rule.refuse(
          "keep_firing_for",
          "a gate reads what is so now; 'alert: %s' without 'file' asks Prometheus, which honours it"
              .formatted(rule.at("alert").text()));
    }
    ForeignNode expr = rule.at("expr");
    if (expr.text().contains("{{")) {
      throw expr.refuse("a template stands in this expression; name a file that is filled in");
    }
    Duration lasting = rule.has("for") ? rule.at("for").duration() : Duration.ZERO;
    return new Alert.Rule(expr.text(), lasting);
  }
}
