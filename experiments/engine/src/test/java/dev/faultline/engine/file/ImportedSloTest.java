package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.model.gate.BurnRate;
import dev.faultline.model.gate.Slo;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An SLO file that a team has already becomes a gate; what cannot be honoured is shown. */
final class ImportedSloTest {

  private static final String OPEN_SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: checkout, displayName: Checkout}
      spec:
        service: shop
        indicator:
          metadata: {name: good}
          spec:
            ratioMetric:
              counter: true
              bad: {metricSource: {type: Prometheus, spec: {query: 'sum(requests{code="500"})'}}}
              total: {metricSource: {type: Prometheus, spec: {query: requests}}}
        timeWindow: [{duration: 28d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{displayName: Good, target: 0.995}]
      """;
  private static final String SLOTH =
      """
      version: "prometheus/v1"
      service: shop
      labels: {owner: a-team}
      slos:
        - name: checkout
          objective: 99.9
          description: Customers can order.
          sli:
            events:
              error_query: sum(rate(requests{code=~"5.."}[{{.window}}]))
              total_query: sum(rate(requests[{{ .window }}]))
          alerting: {name: Checkout, page_alert: {labels: {severity: page}}}
        - name: raw
          objective: 99
          sli: {raw: {error_ratio_query: "shop:errors:ratio_rate{{.window}}"}}
      """;
  private static final String RESOURCE =
      """
      apiVersion: sloth.slok.dev/v1
      kind: PrometheusServiceLevel
      metadata: {name: shop}
      spec:
        service: shop
        slos:
          - name: checkout
            objective: 99.9
            sli:
              events: {errorQuery: "e[{{.window}}]", totalQuery: "t[{{.window}}]"}
      """;
  private static final String PYRRA =
      """
      apiVersion: pyrra.dev/v1alpha1
      kind: ServiceLevelObjective
      metadata: {name: checkout, namespace: monitoring}
      spec:
        target: "99.5"
        window: 2w
        indicator:
          INDICATOR
      """;
  private static final String RATIO =
      "ratio: {errors: {metric: 'requests{code=~\"5..\"}'}, total: {metric: requests}}";

  @TempDir Path folder;
  private Bench bench = new Bench(Path.of("."));

  @BeforeEach
  void useTheFolder() {
    bench = new Bench(folder);
  }

  private static String experiment(String slo) {
    return Bench.experiment("one", "  environment: {local: {}}\n")
        .replace("prometheus: up, above: 0", "slo: {file: slo.yaml, " + slo + "}");
  }

  private Bench with(String slo, String file) {
    return bench.with("one.yaml", experiment(slo)).with("slo.yaml", file);
  }

  private BurnRate read(String slo, String file) throws InvalidFile {
    Slo read = (Slo) with(slo, file).load("one.yaml").getFirst().spec().gates().getFirst().signal();
    return read.means().orElseThrow();
  }

  private String refusal(String slo, String file) {
    return with(slo, file).refusal("one.yaml").lines().findFirst().orElseThrow();
  }

  @Test
  void anSloOfSlothBecomesTheBurnRateOfItsEvents() throws InvalidFile {
    BurnRate burn = read("name: checkout", SLOTH);

    assertThat(burn.bad()).contains("sum(rate(requests{code=~\"5..\"}[$window]))");
    assertThat(burn.total()).contains("sum(rate(requests[$window]))");
    assertThat(burn.objective().value()).isCloseTo(0.999, within(1e-9));
    assertThat(burn.objective().text()).isEqualTo("99.9%");
    assertThat(burn.windows()).hasSize(2);
    assertThat(read("name: raw, windows: [{long: 1m, short: 10s, factor: 10}]", SLOTH))
        .satisfies(
            raw -> assertThat(raw.errors()).contains("shop:errors:ratio_rate$window"),
            raw -> assertThat(raw.windows()).hasSize(1));
    assertThat(read("name: checkout", RESOURCE).bad()).contains("e[$window]");
  }

  @Test
  void anSloOfOpenSloBecomesTheBurnRateOfItsRatio() throws InvalidFile {
    BurnRate counted = read("name: checkout", OPEN_SLO);
    assertThat(counted.bad()).contains("sum(rate(requests{code=\"500\"}[$window]))");
    assertThat(counted.total()).contains("sum(rate(requests[$window]))");
    assertThat(counted.objective().text()).isEqualTo("99.5%");

    BurnRate gauge =
        read(
            "name: checkout",
            OPEN_SLO
                .replace("counter: true", "counter: false")
                .replace("bad:", "good:")
                .replace("requests}}}", "'rate(requests[5m])'}}}"));
    assertThat(gauge.errors())
        .contains(
            "1 - avg_over_time((sum(requests{code=\"500\"}))[$window:5s])"
                + " / avg_over_time((rate(requests[5m]))[$window:5s])");
  }

  @Test
  void anIndicatorAndASourceMayStandInTheSameFile() throws InvalidFile {
    String referring =
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: fast}
        spec:
          indicatorRef: p99
          objectives: [{op: lte, value: 0.8, targetPercent: 99}]
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: p99}
        spec:
          thresholdMetric: {metricSource: {metricSourceRef: prom, spec: {query: p99_seconds}}}
        ---
        apiVersion: openslo/v1
        kind: DataSource
        metadata: {name: prom}
        spec: {type: prometheus}
        """;

    assertThat(read("name: fast", referring).errors())
        .contains("avg_over_time(((p99_seconds) > bool 0.8)[$window:5s])");
    assertThat(refusal("name: fast", referring.replace("{name: p99}", "{name: p9}")))
        .startsWith("slo.yaml:5:17: no SLI of that name stands in this file");
    assertThat(refusal("name: fast", referring.replace("{name: prom}", "{name: other}")))
        .startsWith("slo.yaml:12:53: this source does not stand in this file; add 'type:");
    assertThat(refusal("name: fast", referring.replace("type: prometheus", "type: Datadog")))
        .contains("only metrics in Prometheus can be read, not in Datadog");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lt | >=", "lte | >", "gt | <=", "gte | <",
      })
  void aThresholdIsMissedOnItsOtherSide(String op, String wrong) throws InvalidFile {
    String file =
        OPEN_SLO
            .replaceAll("(?s)ratioMetric:.*requests}}}", "thresholdMetric: SOURCE")
            .replace("SOURCE", "{metricSource: {type: Prometheus, spec: {query: lag}}}")
            .replace("target: 0.995", "op: %s, value: 5, target: 0.9".formatted(op));

    assertThat(read("name: checkout, windows: [{long: 1m, short: 10s, factor: 2}]", file).errors())
        .isEqualTo(Optional.of("avg_over_time(((lag) %s bool 5)[$window:5s])".formatted(wrong)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "latency: {success: {metric: 'd_bucket{le=\"1\"}'}, total: {metric: d_count}}"
            + "| 1 - sum(rate(d_bucket{le=\"1\"}[$window])) / sum(rate(d_count[$window]))",
        "latencyNative: {latency: 250ms, total: {metric: d}}"
            + "| 1 - histogram_fraction(0, 0.25, sum(rate(d[$window])))",
        "bool_gauge: {metric: up, grouping: []}"
            + "| 1 - sum(sum_over_time(up[$window])) / sum(count_over_time(up[$window]))",
      })
  void eachIndicatorOfPyrraBecomesAShareOfErrors(String indicator, String errors)
      throws InvalidFile {
    assertThat(read("name: checkout", PYRRA.replace("INDICATOR", indicator)).errors())
        .contains(errors);
  }

  @Test
  void aRatioOfPyrraKeepsNoBadEventApartFromNoTraffic() throws InvalidFile {
    BurnRate burn = read("name: checkout", PYRRA.replace("INDICATOR", RATIO));

    assertThat(burn.bad()).contains("sum(rate(requests{code=~\"5..\"}[$window]))");
    assertThat(burn.total()).contains("sum(rate(requests[$window]))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objective: 99.9 | objective: 100 | slo.yaml:6:16: an objective lies between",
        "objective: 99.9 | objectiv: 99.9 | slo.yaml:6:5: Faultline cannot honour this: unknown"
            + " key",
        "events: | plugin: | slo.yaml:9:7: an SLI of a plugin is a program of Sloth's",
        "[{{.window}}] | [5m] | slo.yaml:10:22: the query has no {{.window}}",
        "{{.window}} | {{.window}}{{.env}} | slo.yaml:10:22: a template stands in this query",
        "sli: | plugins: [], sli: | slo.yaml:8:",
        "name: raw | name: checkout | slo.yaml:13:5: another SLO of this file is called 'checkout'",
        "prometheus/v1 | prometheus/v2 | slo.yaml:1:1: these SLOs are read here:",
        "service: shop | slo_plugins: [] | slo.yaml:2:1: Faultline cannot honour this",
      })
  void whatCannotBeHonouredIsShownWhereItStands(String out, String in, String message) {
    assertThat(refusal("name: checkout", SLOTH.replaceFirst(quote(out), quoteIn(in))))
        .startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Occurrences | Timeslices | slo.yaml:14:20: time slices are not counted here",
        "}]$ | }, {target: 0.9}] | 2 objectives stand here; a gate reads one",
        "target: 0.995 | target: 0.995, timeSliceTarget: 0.9 | cannot honour this",
        "target: 0.995 | value: 1 | one of 'target' and 'targetPercent'",
        "query: requests | query: rate(requests) | with 'counter: true' a metric is expected",
        "query: requests | promql: requests | cannot honour this: unknown key 'promql'",
        "type: Prometheus | type: Elastic | only metrics in Prometheus can be read, not in Elastic",
        "bad: | worse: | cannot honour this: unknown key 'worse'",
        "target: 0.995 | target: 99.5 | an objective lies between 0% and 100%",
      })
  void whatOpenSloSaysAndAGateCannotIsRefused(String out, String in, String message) {
    String pattern = out.endsWith("$") ? "(?m)}]$(?!\\n  budget)" : quote(out);
    assertThat(refusal("name: checkout", OPEN_SLO.replaceFirst(pattern, quoteIn(in))))
        .startsWith("slo.yaml:")
        .contains(message);
  }

  /** YAML reads all of them as numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".inf | no one can count with this number; write another, such as 99.9",
        "-.inf | no one can count with this number",
        ".nan | no one can count with this number",
        "1e999 | no one can count with this number",
        "1e-999999999 | no one can count with this number",
        "1e-20 | an objective is read to 12 digits behind its point in percent; round it",
      })
  void aNumberWithoutAValueIsRefusedInEachFormat(String number, String message) {
    String pyrra = PYRRA.replace("INDICATOR", RATIO).replace("\"99.5\"", number);

    assertThat(refusal("name: checkout", SLOTH.replace("99.9", number)))
        .startsWith("slo.yaml:6:16: " + message);
    assertThat(refusal("name: checkout", RESOURCE.replace("99.9", number)))
        .startsWith("slo.yaml:8:18: " + message);
    assertThat(refusal("name: checkout", pyrra)).startsWith("slo.yaml:5:11: " + message);
    assertThat(refusal("name: checkout", OPEN_SLO.replace("0.995", number)))
        .startsWith("slo.yaml:15:44: " + message);
    assertThat(
            refusal(
                "name: checkout", OPEN_SLO.replace("target: 0.995", "targetPercent: " + number)))
        .startsWith("slo.yaml:15:51: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-.inf", ".nan", "1e999999999", "1e-999999999"})
  void aThresholdWithoutAValueIsRefused(String number) {
    String file =
        OPEN_SLO
            .replaceAll("(?s)ratioMetric:.*requests}}}", "thresholdMetric: SOURCE")
            .replace("SOURCE", "{metricSource: {type: Prometheus, spec: {query: lag}}}")
            .replace("target: 0.995", "op: lt, value: %s, target: 0.9".formatted(number));

    assertThat(refusal("name: checkout", file))
        .startsWith("slo.yaml:12:51: no one can count with this number");
  }

  @Test
  void whatAFuzzerFoundIsRefused() {
    String found =
        """
        version: prometheus/v1
        service: shop
        slos:
        -   name: requests-availability
            objective: .inf
            sli:
              events:
          \n""";

    assertThat(refusal("name: requests-availability", found))
        .startsWith("slo.yaml:5:16: no one can count with this number");
  }

  @Test
  void aGroupedOrUnclearIndicatorOfPyrraIsRefused() {
    assertThat(
            refusal(
                "name: checkout",
                PYRRA.replace("INDICATOR", RATIO.replace("}}", "}, grouping: [job]}"))))
        .contains("slo.yaml:8:", "this is an SLO for each group");
    assertThat(refusal("name: checkout", PYRRA.replace("INDICATOR", "{}")))
        .contains("one of ratio, latency, latencyNative, bool_gauge is expected here");
    assertThat(
            refusal(
                "name: checkout",
                PYRRA.replace("INDICATOR", "bool_gauge: {metric: 'avg(up) by (job)'}")))
        .contains("a metric with its labels is expected here");
  }

  @Test
  void theFileAndTheNameAreFoundOrTheWayOutIsShown() {
    bench.with("one.yaml", experiment("name: checkout"));
    assertThat(bench.refusal("one.yaml"))
        .startsWith("one.yaml:6:34: there is no such file beside this one; check the path");
    assertThat(refusal("name: chekout", SLOTH))
        .isEqualTo(
            "slo.yaml: unknown SLO 'chekout'; did you mean 'checkout'? Known are checkout, raw");
    assertThat(refusal("name: x", "- a\n")).contains("these SLOs are read here");
    assertThat(refusal("name: x", "a: &b c\n")).contains("anchors (&name) are not read here");
    assertThat(refusal("name: x", "apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: x}\n"))
        .isEqualTo("slo.yaml: no SLO stands in this file; 'x' is looked for here");
  }

  @Test
  void windowsThatDoNotSuitTheObjectiveAreShownInTheExperiment() {
    String low = SLOTH.replace("objective: 99.9", "objective: 90");

    assertThat(refusal("name: checkout", low))
        .startsWith("one.yaml:6:22: with an objective of 90% nothing burns faster than 10×");
    assertThat(refusal("name: checkout, windows: [{long: 1m, short: 9s, factor: 20}]", low))
        .contains("one.yaml:6:", "a factor of 20 is never reached; choose a smaller one");
  }

  @Test
  void aBoundBesideItIsRefusedAndSoIsWhatOnlyTheLoaderFillsIn() {
    bench.with("one.yaml", experiment("name: x").replace("name: x}", "name: x}, below: 1"));
    assertThat(bench.refusal("one.yaml"))
        .contains("'slo' brings its own bound along; remove 'below'");
    bench.with("one.yaml", experiment("name: x, means: {}"));
    assertThat(bench.refusal("one.yaml")).contains("unknown key 'means'");
  }

  private static String quote(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  private static String quoteIn(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }
}
