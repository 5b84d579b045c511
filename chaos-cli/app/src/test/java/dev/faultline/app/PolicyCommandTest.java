package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies on the command line. */
final class PolicyCommandTest {

  private static final String POLICY =
      """
      apiVersion: faultline.dev/v1
      kind: Policy
      metadata: {name: house}
      spec:
        rules:
          - name: short
            require: plan.faults.all(f, seconds(f.lasts) <= 5.0)
            message: nothing lasts longer than 5 s
            at: spec.faults
          - name: said
            require: spec.hypothesis.size() > 20
            message: say what you believe
            level: warn
          - name: replicas
            of: manifest
            when: kind == "Deployment"
            require: manifest.spec.replicas > 1
            message: one replica is no replica
            at: spec.replicas
        tests:
          - {name: an hour, file: run.yaml, breaks: [short, said]}
      """;

  private static final String RUN =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: run}
      spec:
        hypothesis: it stands
        environment: {lab: {processes: {idle: {command: [sleep, "1000"]}}}}
        faults: [{freeze: {}, target: {process: idle}, for: 1h}]
        gates: [{name: alive, command: ["true"], equals: 0}]
      """;

  @TempDir private Path temp;

  private final Map<String, String> env = new HashMap<>();

  private String write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }

  private Called call(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    env.put("XDG_STATE_HOME", temp.resolve("state").toString());
    env.put("GITHUB_WORKSPACE", temp.toString());
    Console console = new Console(page(out), page(err), false, env, temp);
    int exit = Main.run(console, arguments);
    return new Called(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 200);
  }

  @Test
  void aPlanThatBreaksARuleIsRefusedAndNothingIsTouched() throws IOException {
    String policy = write("policy.yaml", POLICY);
    String run = write("run.yaml", RUN);

    Called planned = call("plan", run, "--policy", policy);
    Called ran = call("run", run, "--policy", policy);

    assertThat(planned.exit()).isEqualTo(3);
    assertThat(planned.err())
        .contains("nothing was touched")
        .contains("policy house, short: nothing lasts longer than 5 s")
        .doesNotContain("say what you believe");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out() + ran.err())
        .contains("policy house, short: nothing lasts longer than 5 s");
  }

  @Test
  void theMachinesPolicyCountsWhereNoneIsNamedAndAWarningIsANote() throws IOException {
    env.put("FAULTLINE_POLICY", write("policy.yaml", POLICY));
    String run = write("run.yaml", RUN.replace("1h", "5s"));

    Called planned = call("plan", run);

    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out()).contains("Policy house, said: say what you believe");
    env.put("FAULTLINE_POLICY", temp.resolve("none.yaml").toString());
    assertThat(call("plan", run).exit()).isEqualTo(2);
  }

  @Test
  void aGateShowsABrokenRuleAtItsLine() throws IOException {
    String policy = write("policy.yaml", POLICY);
    String run = write("run.yaml", RUN);
    String out = temp.resolve("out").toString();

    Called called = call("gate", run, "--policy", policy, "--out", out);

    assertThat(called.exit()).as(called.err()).isEqualTo(3);
    assertThat(Files.readString(temp.resolve("out/results.sarif")).replaceAll("\\s+", ""))
        .contains("\"uri\":\"run.yaml\"")
        .contains("\"startLine\":7");
  }

  @Test
  void manifestsAreHeldToThePolicyBeforeAnythingIsTried() throws IOException {
    String policy = write("policy.yaml", POLICY);
    String run = write("run.yaml", RUN.replace("1h", "1s"));
    String bare =
        write("app.yaml", "kind: Deployment\nmetadata: {name: orders}\nspec:\n  replicas: 1\n");
    String out = temp.resolve("out").toString();

    Called called =
        call("gate", run, "--policy", policy, "--manifests", bare, "--out", out, "--soft-fail");

    assertThat(called.exit()).as(called.err()).isEqualTo(3);
    assertThat(Files.readString(temp.resolve("out/summary.md")))
        .contains("Deployment orders: policy house, replicas: one replica is no replica");
    assertThat(Files.readString(temp.resolve("out/results.sarif")).replaceAll("\\s+", ""))
        .contains("\"uri\":\"app.yaml\"")
        .contains("\"startLine\":4");
    assertThat(Files.exists(temp.resolve("state/faultline/runs"))).isFalse();
    assertThat(call("gate", run, "--manifests", bare, "--out", out).exit()).isEqualTo(2);
  }

  @Test
  void testsOfAPolicySayWhatIsNotAsItShouldBe() throws IOException {
    String policy = write("policy.yaml", POLICY);
    write("run.yaml", RUN);

    Called right = call("policy", "test", policy);
    write("run.yaml", RUN.replace("1h", "1s"));
    Called wrong = call("policy", "test", policy);

    assertThat(right.exit()).as(right.out()).isZero();
    assertThat(right.out())
        .contains("ok    house: an hour")
        .contains("no test breaks 'replicas'")
        .contains("1 test, 0 wrong");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.out()).contains("it should break said, short, and breaks said");
  }

  @Test
  void theExamplesAreAsTheirTestsSay() {
    Called called = call("policy", "test", "../../examples/policy");

    assertThat(called.exit()).as(called.out() + called.err()).isZero();
    assertThat(called.out()).doesNotContain("note ");
  }
}
