package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.model.document.RolloutSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rollouts that would go nowhere, or could not see a bad version. */
final class RolloutRefusalsTest {

  private static final String WHOLE =
      """
      apiVersion: faultline.dev/v1
      kind: Rollout
      metadata: {name: one}
      spec:
        environment: {local: {processes: {web: {pidFile: x.pid}}}}
        stable: v1
        canary: v2
        route: {haproxy: {socket: /s, backend: b, stable: one, canary: two}}
        steps: [{weight: 10%}]
        warmUp: 5s
        compare: [{errors: {bad: 'b{v="${version}"}', total: 't{v="${version}"}'}}]
      """;

  @TempDir Path folder;

  private Bench bench(String text) {
    return new Bench(folder).with("one.yaml", text);
  }

  @Test
  void aWholeOneLoadsAndIsAnExperimentWhoseOnlyFaultIsItsFirstStep() throws Exception {
    LoadedExperiment loaded = bench(WHOLE).load("one.yaml").getFirst();

    assertThat(loaded.rollout().orElseThrow().canary()).isEqualTo("v2");
    assertThat(loaded.spec().faults())
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.words())
                    .isEqualTo("shift 10% of the traffic of backend b of HAProxy from one to two"));
  }

  private static final String TRIAL =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: late}
      spec:
        environment: elsewhere
        gates: [{name: g, prometheus: x, below: 1}]
        faults:
          - {name: late, latency: {delay: 2s}, target: {link: {from: v1, to: db}}, for: 30s}
          - {name: gone, kill: {}, target: {service: db}, after: late}
          - {freeze: {}, target: {service: [web, v1]}, for: 5s, after: gone}
      """;

  @Test
  void anExperimentInAStepIsAimedAtBothVersions() throws Exception {
    Bench bench =
        bench(WHOLE.replace("[{weight: 10%}]", "[{weight: 10%, experiment: x/late.yaml}]"));
    RolloutSpec rollout =
        bench.with("x/late.yaml", TRIAL).load("one.yaml").getFirst().rollout().orElseThrow();

    assertThat(rollout.experiment().faults().stream().skip(1))
        .extracting(
            fault -> fault.title(),
            fault -> fault.target().orElseThrow().words(),
            fault -> fault.after().orElse("-"))
        .containsExactly(
            tuple("step1.late.stable", "link v1->db", "-"),
            tuple("step1.late.canary", "link v2->db", "-"),
            tuple("step1.gone", "service db", "step1.late.stable"),
            tuple("step1.freeze-web-v1.stable", "service web, v1", "step1.gone"),
            tuple("step1.freeze-web-v1.canary", "service v2", "step1.gone"));
    assertThat(rollout.judged())
        .extracting(judged -> judged.comparison().title())
        .containsExactly("errors", "errors under late");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "experiment: none.yaml | 9:37: there is no file",
        "experiment: one.yaml | there is no experiment in this file",
        "experiment: late.yaml, faults: [{freeze: {}, target: {service: a}, for: 1s}] | this step"
            + " has faults of its own, too",
        "faults: [{freeze: {}, target: {service: a}, for: 1s, after: b}] | no fault is called 'b';"
            + " there are freeze-a",
        "faults: [{kill: {}, target: {service: a}}, {kill: {}, target: {service: a}}] | two faults"
            + " are called 'kill-a'",
        "faults: [{name: a, kill: {}, target: {service: a}, after: b}, {name: b, kill: {}, target:"
            + " {service: a}, after: a}] | these wait for each other: a, b, a",
        "faults: [{name: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, kill: {},"
            + " target: {service: a}}] | cannot name a fault",
      })
  void aStepWhoseFaultsCannotBeFoundIsRefused(String step, String refusal) throws Exception {
    Bench bench = bench(WHOLE.replace("[{weight: 10%}]", "[{weight: 10%, " + step + "}]"));

    assertThat(bench.with("late.yaml", TRIAL).refusal("one.yaml")).contains(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "canary: v2 | canary: v1 | 7:11: both versions have the same name; the metrics need two",
        "canary: v2 | canary: 'a\"b' | 7:11: 'a\"b' cannot name a version",
        "stable: v1 | hypothesis: h | 4:1: 'stable' is missing",
        "[{weight: 10%}] | [] | 9:3: a rollout needs at least one step",
        "[{weight: 10%}] | [{weight: 10%}, {weight: 5%}] | each step must be larger than the one",
        "[{weight: 10%}] | [{weight: 100%}] | 'weight' must be above 0% and below 100%",
        "[{weight: 10%}] | [{weight: 5s}] | 'weight' must be above 0% and below 100%",
        "[{weight: 10%}] | [{weight: 10%, samples: 0}] | 'samples' must be from 1 to 1000000000",
        "[{weight: 10%}] | [{weight: 10%, hold: 8d}] | 'hold' must be at most 7d",
        "[{weight: 10%}] | [{match: {header: a, is: b}}] | 9:12: requests to backend b of HAProxy are split by weight alone; name the list",
        "[{weight: 10%}] | [{weight: 10%, match: {header: a, is: b}}] | a step has a 'weight' or a 'match'",
        "[{weight: 10%}] | [{hold: 5s}] | 'weight' is missing",
        "[{weight: 10%}] | [{weight: 10%}, {match: {header: a, is: b}}] | steps with a 'match' come before those with a 'weight'",
        "[{weight: 10%}] | [{match: {header: a, is: b}}, {match: {header: A, is: [b]}}] | the step before matches the same",
        "[{weight: 10%}] | [{mirror: 10%}] | 9:20: requests to backend b of HAProxy cannot be mirrored; envoy, gatewayApi and istio can",
        "[{weight: 10%}] | [{mirror: 10%, weight: 5%}] | a step has a 'mirror', or a 'weight' or a 'match'",
        "[{weight: 10%}] | [{mirror: 2.5%}] | 'mirror' is a whole percent from 1% to 100%",
        "[{weight: 10%}] | [{mirror: 0%}] | 'mirror' is a whole percent from 1% to 100%",
        "[{weight: 10%}] | [{weight: 10%}, {mirror: 10%}] | steps with a 'mirror' come before all others",
        "[{weight: 10%}] | [{mirror: 10%}, {mirror: 10%}] | each step must be larger than the one before",
        "[{weight: 10%}] | [{mirror: 10%, faults: [{freeze: {}, target: {service: a}, for: 1s}]}] | stable serves all users, who would bear the faults",
        "[{weight: 10%}] | [{match: {is: b}}] | a match has a 'header' or a 'cookie'",
        "[{weight: 10%}] | [{match: {header: a}}] | 'is' must have 1 to 1000 values",
        "[{weight: 10%}] | [{match: {cookie: a, is: b c}}] | 'b c' cannot be matched",
        "backend: b | backend: 'b; shutdown' | 8:42: 'b; shutdown' is no name in HAProxy",
        "canary: two | canary: one | both versions are the same server; name two",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 127.0.0.1, runtimeKeyPrefix: b, stable: one, canary: two}} | '127.0.0.1' is no address: write HOST:PORT, such as 127.0.0.1:9901",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 'a:1', runtimeKeyPrefix: 'b&c', stable: one, canary: two}} | 'b&c' is no runtime key of Envoy",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 'a:1', runtimeKeyPrefix: b, stable: one, canary: one}} | both versions are the same cluster; name two",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 'a:1', runtimeKeyPrefix: b, stable: one, canary: 'two=1'}} | 'two=1' is no cluster of Envoy",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 'a:1', runtimeKeyPrefix: b, stable: one, canary: two, matched: {header: x, is: two, runtimeKeyPrefix: b}}} | a value has the same runtime key as a cluster",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {envoy: {admin: 'a:1', runtimeKeyPrefix: b, stable: one, canary: two, matched: {header: x, is: 'a&b', runtimeKeyPrefix: b}}} | 'a&b' cannot end a runtime key of Envoy",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {replicas: {stable: one, canary: two, pods: 4}} | 9:20: 10% of 4 pods is no whole number of them; with 4 pods: 25%, 50%, 75%",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {replicas: {stable: one, canary: two, pods: 10}} | 8:3: the pods of one and two would be of a cluster, and the environment is none; name one with 'kubernetes'",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {gatewayApi: {httpRoute: r, stable: one, canary: two}} | 8:3: HTTPRoute r would be of a cluster",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {gatewayApi: {httpRoute: r, stable: one, canary: one}} | 8:59: both versions are the same Service; name two",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {gatewayApi: {httpRoute: R, stable: one, canary: two}} | 8:35: 'R' cannot be the name of an object in Kubernetes",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {gatewayApi: {httpRoute: r, stable: one, canary: two, scaled: {deployment: d, pods: 0}}} | 'pods' must be from 1 to 1000",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {gatewayApi: {httpRoute: r, stable: one, canary: two, scaled: {deployment: d, pods: 3, least: 4}}} | 'least' must be from 1 to 3, as many as there are of 'pods'",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {istio: {virtualService: r, stable: one/, canary: two}} | 8:46: 'one/' is no destination: write HOST or HOST/SUBSET",
        "{haproxy: {socket: /s, backend: b, stable: one, canary: two}} | {istio: {virtualService: r, stable: one, canary: one}} | both versions are the same destination",
        "socket: /s | socket: '' | the path is empty",
        "{haproxy | {haproxi | unknown key 'haproxi'; did you mean 'haproxy'?",
        "t{v=\"${version}\"} | t | the query is about no version: write ${version} where",
        "compare: [{ | compare: [] # [{ | a rollout needs at least one comparison",
        "compare: [{ | compare: [{worseBy: 5s, | 'worseBy' is a part from 0% to 1000%",
        "compare: [{ | compare: [{provenWithin: 0.5pp, | 'provenWithin' is a part from 1% to",
        "warmUp: 5s | confidence: 30% | 'confidence' is from 50% to 99.9999%",
        "warmUp: 5s | look: 1h | 'look' must be from 1 s to 600 s",
        "warmUp: 5s | gates: [{name: a, command: [x], equals: 0}, {name: a, command: [x], equals:"
            + " 0}]| two gates are called 'a'",
        "warmUp: 5s | gates: [{name: a, load: errors, below: 1%}] | gate 'a' reads the load, and",
        "warmUp: 5s | gates: [{name: a, ledger: lost, equals: 0}] | keeps no ledger",
        "warmUp: 5s | load: {http: 'http://x/', steps: [1/s, 2/s], each: 5s} | has a 'rate'",
        "warmUp: 5s | onBreach: scaleUp | 10:13: unknown word 'scaleUp'; did you mean 'scaleOut'?",
        "warmUp: 5s | onBreach: scaleOut | 'deployment' is missing",
        "warmUp: 5s | onBreach: {then: scaleOut, deployment: d} | 'replicas' is missing",
        "warmUp: 5s | onBreach: {then: scaleOut, deployment: d, replicas: 0} | 'replicas' must be"
            + " from 1 to 1000",
        "warmUp: 5s | onBreach: {then: scaleOut, deployment: d, replicas: 3, within: 2h} | 'within'"
            + " must be from 10s to 1h",
        "warmUp: 5s | onBreach: {then: hold, replicas: 3} | only a 'scaleOut' has 'replicas'",
        "warmUp: 5s | onBreach: {then: rollback, within: 5m} | nothing waits in a rollback",
        "warmUp: 5s | onBreach: {then: hold, within: 8d} | 'within' must be from 1s to 7d",
        "warmUp: 5s | rollbackWindow: 5m | 10:19: nothing would watch: stable has no traffic then",
        "warmUp: 5s | rollbackWindow: 0s | 'rollbackWindow' must be from 1 s to 604800 s",
        "warmUp: 5s | lease: 1s | the lease must be at least 2s",
      })
  void whatMakesNoSenseIsRefusedWhereItStands(String what, String by, String refusal) {
    String text = WHOLE.replace(what, by);
    assertThat(text).isNotEqualTo(WHOLE);

    assertThat(bench(text).refusal("one.yaml")).contains(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "histogram: 'h{v=\"${version}\"}', above: 5 | '5' is not a time; write it as 250ms",
        "histogram: 'sum(h_${version})', above: 5s | a name with labels is expected",
        "histogram: 'h{v=\"v2\"}', above: 5s | the query is about no version",
        "histogram: 'h{v=\"${version}\"}' | 'above' is missing",
      })
  void latencyNeedsABoundAndAHistogramByItsLabels(String latency, String refusal) {
    String text =
        WHOLE.substring(0, WHOLE.indexOf("  compare"))
            + "  compare: [{latency: {"
            + latency
            + "}}]";

    assertThat(bench(text).refusal("one.yaml")).contains(refusal);
  }

  @Test
  void podsThatComeWithTheTrafficAreNotAddedToAtABreach() {
    String text =
        WHOLE
            .replace(
                "{haproxy: {socket: /s, backend: b, stable: one, canary: two}}",
                "{gatewayApi: {httpRoute: r, stable: one, canary: two, scaled: {deployment: d, pods: 3}}}")
            .replace(
                "warmUp: 5s",
                "onBreach: {then: scaleOut, deployment: d, replicas: 5}\n  warmUp: 5s");

    assertThat(bench(text).refusal("one.yaml"))
        .contains("the canary's pods come with its traffic here ('scaled')");
  }
}
