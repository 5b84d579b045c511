package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.gate.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alerting rule that a team has already becomes a gate. */
final class ImportedAlertTest {

  private static final String RULES =
      """
      groups:
        - name: shop
          interval: 30s
          rules:
            - record: job:errors:rate5m
              expr: sum by (job) (rate(errors[5m]))
            - alert: HighErrorRate
              expr: |
                job:errors:rate5m{job="shop"} > 0.1
              for: 1m30s
              labels: {severity: page, enabled: yes}
              annotations: {summary: "{{ $labels.job }} fails"}
            - alert: Down
              expr: up == 0
      """;

  @TempDir Path folder;
  private Bench bench = new Bench(Path.of("."));

  @BeforeEach
  void useTheFolder() {
    bench = new Bench(folder);
  }

  private static String experiment(String alert) {
    return Bench.experiment("one", "  environment: {local: {}}\n")
        .replace("prometheus: up, above: 0", "alert: " + alert);
  }

  private Bench with(String alert, String rules) {
    return bench.with("one.yaml", experiment(alert)).with("rules.yaml", rules);
  }

  private Alert read(String alert, String rules) throws InvalidFile {
    return (Alert)
        with(alert, rules).load("one.yaml").getFirst().spec().gates().getFirst().signal();
  }

  @Test
  void theExpressionAndTheForOfTheRuleAreTaken() throws InvalidFile {
    assertThat(read("{file: rules.yaml, name: HighErrorRate}", RULES).rule())
        .contains(new Alert.Rule("job:errors:rate5m{job=\"shop\"} > 0.1", Duration.ofSeconds(90)));
    assertThat(read("{file: rules.yaml, name: Down}", RULES).rule())
        .contains(new Alert.Rule("up == 0", Duration.ZERO));
  }

  @Test
  void aResourceOfTheOperatorIsRead() throws InvalidFile {
    String resource =
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n"
            + RULES.indent(2);

    assertThat(read("{file: rules.yaml, name: Down}", resource).rule()).isPresent();
  }

  @Test
  void withoutAFilePrometheusIsAskedAndNothingIsRead() throws InvalidFile {
    assertThat(read("HighErrorRate", "not read")).isEqualTo(Alert.of("HighErrorRate"));
    assertThat(read("{name: HighErrorRate}", "not read").file()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for: 1m30s | for: soon | rules.yaml:10:14: a duration is expected here",
        "for: 1m30s | keep_firing_for: 5m | rules.yaml:10:9: a gate reads what is so now;",
        "for: 1m30s | four: 1m | rules.yaml:10:9: Faultline cannot honour this: unknown key 'four'",
        "interval: 30s | limit: 5 | rules.yaml:3:5: a gate counts every series",
        "interval: 30s | limit: .inf | rules.yaml:3:12: no one can count with this number",
        "interval: 30s | limit: .nan | rules.yaml:3:12: no one can count with this number",
        "interval: 30s | query_offset: 1m | rules.yaml:3:5: a gate reads the present moment",
        "> 0.1 | > {{ .Values.limit }} | rules.yaml:8:15: a template stands in this expression",
        "alert: Down | alert: HighErrorRate | rules.yaml:13:16: 2 rules are called 'HighErrorRate'",
        "alert: HighErrorRate | alert: HighErrors | rules.yaml: unknown alert 'HighErrorRate'; did"
            + " you mean 'HighErrors'? Known are Down, HighErrors",
        "groups: | rules: | rules.yaml:1:1: this is no file of rules",
      })
  void whatCannotBeHonouredIsShownWhereItStands(String out, String in, String message) {
    String rules = RULES.replaceFirst(Pattern.quote(out), Matcher.quoteReplacement(in));

    assertThat(with("{file: rules.yaml, name: HighErrorRate}", rules).refusal("one.yaml"))
        .startsWith(message);
  }

  @Test
  void aMissingFileABoundAndAnEmptyNameAreRefused() {
    bench.with("one.yaml", experiment("{file: rulez.yaml, name: Down}"));
    assertThat(bench.refusal("one.yaml"))
        .startsWith("one.yaml:6:36: there is no such file beside this one");
    bench.with("one.yaml", experiment("Down, below: 1"));
    assertThat(bench.refusal("one.yaml")).contains("'alert' brings its own bound along");
    bench.with("one.yaml", experiment("{name: ' '}"));
    assertThat(bench.refusal("one.yaml")).contains("'name' is empty: what the alert is called");
    assertThat(with("{file: rules.yaml, name: x}", "groups: []").refusal("one.yaml"))
        .isEqualTo("rules.yaml: no alert stands in this file; 'x' is looked for here");
  }
}
