package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who did what, and whether that is still what was written. */
final class AuditCommandTest {

  private static final String TINY =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: tiny}
      spec:
        environment: {lab: {processes: {idle: {command: [sleep, "1000"]}}}}
        faults: [{freeze: {}, target: {process: idle}, for: 500ms}]
        gates: [{name: alive, command: ["true"], equals: 0}]
        recovery: {within: 2s}
      """;

  @TempDir private Path temp;

  private Path log() {
    return temp.resolve("state/faultline/audit.jsonl");
  }

  private Called call(String... arguments) {
    return Called.faultline(temp, arguments);
  }

  private String tiny() throws IOException {
    return Files.writeString(temp.resolve("tiny.yaml"), TINY).toString();
  }

  @Test
  void runsHaltsAndWhoResumedThemAreListedAndHold() throws IOException {
    assertThat(call("audit", "verify").exit()).isZero();
    assertThat(call("audit", "list").err()).contains("No records yet");
    assertThat(call("halt", "--why", "a customer called").exit()).isZero();
    assertThat(call("run", tiny()).exit()).isEqualTo(3);
    assertThat(call("resume").exit()).isZero();
    assertThat(call("resume").exit()).isZero();
    assertThat(call("run", tiny()).exit()).isZero();

    Called listed = call("audit", "list");
    Called json = call("audit", "list", "--json", "--run", "tiny");
    Called verified = call("audit", "verify");

    assertThat(listed.out().lines().map(line -> line.replaceAll("^.*?@\\S+ +(for \\S+ +)?", "")))
        .satisfiesExactly(
            halted -> assertThat(halted).isEqualTo("halted all: a customer called"),
            resumed -> assertThat(resumed).startsWith("let runs begin again; they were halted by"),
            began -> assertThat(began).matches("began \\S+-tiny\\S* in tiny, plan [0-9a-f]{12}"),
            ended -> assertThat(ended).matches("\\S+-tiny\\S* ended: passed \\(0\\)"));
    assertThat(json.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"number\":") && line.contains("\"before\":\""));
    assertThat(verified.exit()).isZero();
    assertThat(verified.out())
        .contains("4 records, unaltered")
        .containsPattern("head [0-9a-f]{64}");
  }

  @Test
  void aHeadThatWasKeptShowsWhatWasCutOffAndAnAlteredLineIsNamed() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(call("halt", "--why", "number " + i).exit()).isZero();
    }
    String head = call("audit", "verify").out().replaceAll("(?s).*head ([0-9a-f]{64}).*", "$1");
    assertThat(call("halt").exit()).isZero();

    Called kept = call("audit", "verify", "--head", head.substring(0, 20));
    assertThat(kept.exit()).isZero();
    assertThat(kept.out()).contains("is record 3; 1 came after it");
    assertThat(call("audit", "verify", "--head", "nonsense").exit()).isEqualTo(2);

    List<String> lines = Files.readAllLines(log());
    Files.write(log(), lines.subList(0, 2));
    assertThat(call("audit", "verify").exit()).isZero();
    Called cut = call("audit", "verify", "--head", head);
    assertThat(cut.exit()).isEqualTo(1);
    assertThat(cut.err()).contains("has no record " + head, "cut off at its end");

    lines.set(1, lines.get(1).replace("number 1", "number 7"));
    Path copy = Files.write(temp.resolve("copy.jsonl"), lines);
    Called altered = call("audit", "verify", copy.toString());
    assertThat(altered.exit()).isEqualTo(1);
    assertThat(altered.err()).contains("copy.jsonl:2: the record was altered", "why: its hash is");
    assertThat(altered.out()).contains("4 records, 1 flaw");

    Files.delete(log());
    assertThat(call("audit", "verify", "--head", head).exit()).isEqualTo(1);
    assertThat(call("audit", "verify", temp.resolve("none").toString()).exit()).isEqualTo(5);
  }

  @Test
  void aLineThatWasCutShortIsTold() throws IOException {
    assertThat(call("halt").exit()).isZero();
    Files.writeString(log(), Files.readString(log()) + "{\"sha256\":\"12");

    Called torn = call("audit", "verify");
    assertThat(torn.exit()).isZero();
    assertThat(torn.err()).contains("the last line is cut short (13 bytes)");
    assertThat(call("halt").exit()).isZero();
    assertThat(call("audit", "list").out()).contains("found a line cut short after 13 bytes");
    assertThat(call("audit", "verify").out()).contains("3 records, unaltered");
  }

  @Test
  void noRunBeginsWithoutARecordAndAHaltDoesNotWaitForOne() throws IOException {
    Files.createDirectories(log());

    Called ran = call("run", tiny());
    Called halted = call("halt");

    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(5);
    assertThat(ran.out() + ran.err())
        .contains("no run begins without a record of it")
        .doesNotContain("is in force");
    assertThat(halted.exit()).as(halted.err()).isZero();
    assertThat(halted.err()).contains("the audit log has no record of this");
    assertThat(temp.resolve("state/faultline/halt.json")).exists();
  }

  @Test
  void theActorIsTheOneThatTheBuildServerNames() {
    assertThat(AuditTrail.actor(Map.of("GITHUB_ACTIONS", "true", "GITHUB_ACTOR", "octocat")))
        .contains("github:octocat");
    assertThat(AuditTrail.actor(Map.of("GITLAB_CI", "true", "GITLAB_USER_LOGIN", "ada")))
        .contains("gitlab:ada");
    assertThat(AuditTrail.actor(Map.of("SUDO_USER", "ada"))).contains("sudo:ada");
    assertThat(AuditTrail.actor(Map.of("GITHUB_ACTOR", "octocat"))).isEmpty();
  }
}
