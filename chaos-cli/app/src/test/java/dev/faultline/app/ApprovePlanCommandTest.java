package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.app.foureyes.FourEyes;
import dev.faultline.app.foureyes.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that others than their author approve, with keys and signatures of OpenSSH. */
final class ApprovePlanCommandTest {

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
  private final Map<String, String> env = new HashMap<>();
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ssh-keygen")));
    assumeTrue(there, "needs ssh-keygen, of OpenSSH");
    file = Files.writeString(temp.resolve("tiny.yaml"), TINY).toString();
    env.put("XDG_STATE_HOME", temp.resolve("state").toString());
  }

  private Called call(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Main.run(new Console(page(out), page(err), false, env, temp), arguments);
    return new Called(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 2000);
  }

  /** Makes a key, and lists it under these names. */
  private String key(String names, String options) throws IOException, InterruptedException {
    Path key = temp.resolve("key-" + Integer.toHexString(names.hashCode()));
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor(Duration.ofSeconds(30))).isTrue();
    assertThat(made.exitValue()).isZero();
    Files.writeString(
        signers(),
        names + " " + options + Files.readString(Path.of(key + ".pub")),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return key.toString();
  }

  private Path signers() {
    return temp.resolve("allowed_signers");
  }

  private Path approvals() {
    return temp.resolve("tiny.yaml.approvals");
  }

  private void approve(String key, String... more) {
    String[] all = {"approve-plan", file, "--key", key, "--why", "seen"};
    String[] arguments = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    Called signed = call(arguments);
    assertThat(signed.exit()).as(signed.err()).isZero();
    assertThat(signed.out()).contains("tiny in environment tiny, plan");
  }

  private void assertRefused(Called ran, String why) {
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(3);
    assertThat(ran.out() + ran.err()).contains(why).doesNotContain("is in force");
  }

  private Called run(String... more) {
    String[] all = {"run", file, "--signers", signers().toString()};
    String[] arguments = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    return call(arguments);
  }

  @Test
  void aPlanThatAnotherOneApprovedIsRunAndItsRecordSaysWhoThatWas() throws Exception {
    String bob = key("bob@example.org", "");
    assertRefused(run(), "has 0 of 1 approvals: " + approvals() + " has none of it");

    String elsewhere = temp.resolve("elsewhere").toString();
    approve(bob, "--approvals", elsewhere);
    assertRefused(run(), "has 0 of 1 approvals");
    Called ran = run("--approvals", elsewhere);

    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(call("audit", "list").out())
        .containsPattern("signed plan [0-9a-f]{12} of tiny until 20.*: seen")
        .containsPattern(
            "began \\S+-tiny\\S* in tiny, plan [0-9a-f]{12}, approved by bob@example.org");
    assertThat(call("audit", "verify").exit()).isZero();
    String run =
        call("status").out().lines().reduce((_, last) -> last).orElseThrow().split(" ", 2)[0];
    assertThat(call("report", run, "--out", temp.resolve("out").toString()).exit()).isZero();
    assertThat(Files.readString(temp.resolve("out/report.json")))
        .contains("Approved by bob@example.org until 20");

    Files.writeString(Path.of(file), TINY.replace("500ms", "600ms"));
    assertRefused(run("--approvals", elsewhere), "from which this one has drifted");
  }

  @Test
  void aPolicyMayAskForMoreApprovalsWhereMoreIsAtStake() throws Exception {
    String policy =
        Files.writeString(
                temp.resolve("policy.yaml"),
                """
                apiVersion: faultline.dev/v1
                kind: Policy
                metadata: {name: house}
                spec:
                  rules:
                    - name: two
                      require: approvals.size() >= 2 && approvals.all(a, a.until > now && a.why == "seen")
                      message: two others agree
                """)
            .toString();
    env.put("FAULTLINE_POLICY", policy);
    String bob = key("bob@example.org", "");
    Called planned = call("plan", file);
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out())
        .contains("Policy house, two: two others agree (judged when it is run");

    approve(bob);
    assertRefused(run(), "policy house, two: two others agree");
    approve(key("carol@example.org", ""));
    Called ran = run();
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertRefused(call("run", file), "policy house, two: two others agree");
  }

  @Test
  void whoRunsItDoesNotCountNorWhoIsOnTheListTwice() throws Exception {
    String self = key(Setup.user() + "@example.org", "");
    String bob = key("bob@example.org,octocat", "");
    approve(self);
    assertRefused(run(), "by " + Setup.user() + "@example.org is of who runs it");

    approve(bob);
    approve(bob);
    assertRefused(run("--needed", "2"), "has 1 of 2 approvals");

    env.putAll(Map.of("GITHUB_ACTIONS", "true", "GITHUB_ACTOR", "Octocat"));
    assertRefused(run(), "by bob@example.org is of who runs it");
    env.putAll(Map.of("GITHUB_ACTOR", "somebody", "SUDO_USER", "bob"));
    assertRefused(run(), "by bob@example.org is of who runs it");
  }

  @Test
  void whatEndedOrWasAlteredOrIsOfNobodyOnTheListDoesNotCount() throws Exception {
    String bob = key("bob@example.org", "");
    String plan = call("plan", file, "--json").out().replaceAll("(?s).*\"([0-9a-f]{64})\".*", "$1");
    Instant now = Instant.now();
    for (int days : new int[] {-1, 29}) {
      Instant until = now.plus(Duration.ofDays(days));
      Statement statement =
          new Statement(plan, "tiny", "tiny", now.minus(Duration.ofDays(2)), until, "");
      FourEyes.sign(statement, Path.of(bob)).addTo(approvals());
    }
    Called ran = run();
    assertRefused(ran, "ended at 20");
    assertRefused(ran, "is for more than 30 days");

    Files.delete(approvals());
    approve(bob);
    Files.writeString(approvals(), Files.readString(approvals()).replace("seen", "sure"));
    assertRefused(run(), "was altered, or its key is not (or no more) in " + signers());

    Files.delete(approvals());
    approve(bob);
    List<String> lines = Files.readAllLines(signers());
    Files.writeString(signers(), lines.getFirst().replace("bob@example.org", "*@example.org"));
    assertRefused(run(), "does not tell who it is");
    Files.writeString(
        signers(), lines.getFirst().replace(" ssh-", " valid-before=\"20200101\" ssh-"));
    assertRefused(run(), "its key is not (or no more) in");
    Files.writeString(signers(), lines.getFirst().replace(" ssh-", " namespaces=\"git\" ssh-"));
    assertRefused(run(), "its key is not (or no more) in");
  }

  @Test
  void aMachineMayAskForApprovalsOfAllItsRunsAndStagesToo() throws Exception {
    String bob = key("bob@example.org", "");
    env.put("FAULTLINE_SIGNERS", signers().toString());
    String out = temp.resolve("out").toString();

    assertRefused(call("run", file), "has 0 of 1 approvals");
    assertRefused(call("gate", file, "--out", out), "has 0 of 1 approvals");
    env.put("FAULTLINE_SIGNERS", temp.resolve("none").toString());
    assertThat(call("run", file).exit()).isEqualTo(2);
    env.remove("FAULTLINE_SIGNERS");
    assertThat(call("run", file, "--needed", "2").exit()).isEqualTo(2);
    assertThat(call("approve-plan", file, "--key", bob, "--for", "31d").exit()).isEqualTo(2);
    String none = temp.resolve("no-key").toString();
    assertThat(call("approve-plan", file, "--key", none).exit()).isEqualTo(5);
  }
}
