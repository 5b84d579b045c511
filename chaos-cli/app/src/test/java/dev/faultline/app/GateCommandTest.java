package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab of one process that sleeps, frozen for a second. */
final class GateCommandTest {

  private static final String TINY =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: %s}
      spec:
        hypothesis: "::error::it is spoofed"
        environment:
          lab:
            processes:
              idle: {command: [sleep, "1000"]}
        gates:
          - {name: alive, command: ["true"], equals: 0}
          - name: proof
            command: ["%s"]
            equals: 0
            when: [after]
        faults:
          - freeze: {}
            target: {process: idle}
            for: 1s
        recovery: {within: 2s}
      """;

  @TempDir private Path temp;

  private final Map<String, String> env = new HashMap<>();

  private Path write(String name, String command) throws IOException {
    Path chaos = Files.createDirectories(temp.resolve("chaos"));
    return Files.writeString(chaos.resolve(name + ".yaml"), TINY.formatted(name, command));
  }

  private Called gate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "gate", temp.resolve("chaos").toString(), "--out", temp.resolve("out").toString()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> all = new HashMap<>(Map.of("XDG_STATE_HOME", temp.toString()));
    all.put("GITHUB_WORKSPACE", temp.toString());
    all.putAll(env);
    Console console = new Console(page(out), page(err), false, all, temp);
    int exit = Main.run(console, arguments.toArray(String[]::new));
    return new Called(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 100);
  }

  private String written(String name) throws IOException {
    return Files.readString(temp.resolve("out").resolve(name));
  }

  @Test
  void oneBadFileAndNothingIsTouched() throws IOException {
    write("good", "true");
    Files.writeString(
        temp.resolve("chaos/first.yaml"), TINY.formatted("first", "true") + "  x: 1\n");
    Files.writeString(temp.resolve("chaos/second.yml"), "kind: [\n");

    Called called = gate("--soft-fail");

    assertThat(called.exit()).as(called.err()).isEqualTo(2);
    assertThat(called.err()).contains("first.yaml:", "second.yml:");
    assertThat(written("results.sarif"))
        .contains("\"uri\":\"chaos/first.yaml\"", "\"uri\":\"chaos/second.yml\"");
    assertThat(written("junit.xml")).contains("errors=\"2\"");
    assertThat(temp.resolve("faultline/runs")).doesNotExist();
    assertThat(temp.resolve("out/good")).doesNotExist();
  }

  @Test
  void theRunsAreReportedTogetherAndThePageOfTheBuildHasTheSummary() throws IOException {
    write("a-passes", "true");
    write("b-fails", "false");
    Path step = Files.writeString(temp.resolve("step.md"), "before\n");
    env.putAll(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", step.toString()));

    Called called = gate();

    assertThat(called.exit()).as(called.out() + called.err()).isEqualTo(1);
    assertThat(written("summary.md"))
        .contains("[report](a-passes/report.html)", "| b-fails | ❌ Failed |");
    assertThat(Files.readString(step)).isEqualTo("before\n" + written("summary.md"));
    for (String run : List.of("a-passes", "b-fails")) {
      assertThat(temp.resolve("out").resolve(run))
          .isDirectoryContaining("glob:**report.html")
          .isDirectoryContaining("glob:**report.json");
    }
    assertThat(written("results.sarif"))
        .contains("\"uri\":\"chaos/b-fails.yaml\"")
        .contains("\"startLine\":12,\"startColumn\":7");
    List<String> lines = called.out().lines().toList();
    assertThat(lines.getFirst()).startsWith("::stop-commands::");
    String token = "::" + lines.getFirst().substring("::stop-commands::".length()) + "::";
    assertThat(lines.subList(lines.indexOf(token), lines.size()))
        .anyMatch(line -> line.startsWith("::error file=chaos/b-fails.yaml,line=12,col=7,"));
  }

  @Test
  void aRunIsHeldToTheLastOneThatPassedAndSoftTellsTheTruth() throws IOException {
    write("again", "true");
    assertThat(gate().exit()).isZero();
    Path accepted = Files.move(temp.resolve("out"), temp.resolve("accepted"));
    write("again", "false");

    Called called = gate("--baseline", accepted.toString(), "--soft-fail");

    assertThat(called.exit()).as(called.out() + called.err()).isZero();
    assertThat(called.out()).contains("GATE FAILED", "let pass by --soft-fail");
    assertThat(written("summary.md"))
        .contains("Faultline: failed", "run outcome passed → failed", "this stage only tells");
    assertThat(written("junit.xml")).contains("the hypothesis holds", "<failure");
  }

  @Test
  void whatCannotBeWrittenOrFoundIsAUsageError() throws IOException {
    write("good", "true");
    assertThat(gate("--baseline", temp.resolve("nowhere").toString()).exit()).isEqualTo(2);
    Files.writeString(temp.resolve("out"), "a file");
    assertThat(gate().exit()).isEqualTo(2);
    assertThat(temp.resolve("faultline/runs")).doesNotExist();
  }

  @Test
  void aSummaryThatCannotBeWrittenHidesNoVerdict() throws IOException {
    write("b-fails", "false");
    env.putAll(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", temp.toString()));

    Called called = gate("--soft-fail");

    assertThat(called.exit()).as(called.out() + called.err()).isEqualTo(10);
    assertThat(called.out()).contains("GATE FAILED");
    assertThat(called.err()).contains("the files of this stage could not be written");
    assertThat(written("junit.xml")).contains("<failure");
  }

  @Test
  void theHistoryListsTheRunsOfAnExperimentAndSaysWhenTheyAreTooFew() throws IOException {
    for (int i = 1; i <= 3; i++) {
      new Told("run-" + i + "-orders", Duration.ofMillis(3600L * i), Optional.of(0L))
          .keep(temp.resolve("state/faultline"));
    }
    Called listed = Called.faultline(temp, "history", "orders");
    assertThat(listed.exit()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains("orders", "RTO", "10.8 s", "looks worse: outage RTO 7.2 s → 10.8 s")
        .contains("not enough runs");
    Called json = Called.faultline(temp, "history", "--output", "json");
    assertThat(json.out()).startsWith("{\"experiment\":\"orders\"").contains("\"trends\":[");
    assertThat(Called.faultline(temp, "history", "nobody").exit()).isEqualTo(2);
    Called nowhere = Called.faultline(temp, "history", "--from", temp.resolve("none").toString());
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("there is no folder").doesNotContain("--baseline");
    assertThat(Called.faultline(temp, "history", "--output", "xml").exit()).isEqualTo(2);
  }
}
