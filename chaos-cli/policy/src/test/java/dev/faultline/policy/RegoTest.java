package dev.faultline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Manifest;
import dev.faultline.engine.file.ManifestFiles;
import dev.faultline.engine.file.PolicyFiles;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in Rego, which a real Open Policy Agent decides. */
final class RegoTest {

  private static final Instant NOW = Instant.parse("2026-11-27T22:30:00Z");
  private static final String REGO =
      """
      package release

      deny contains sprintf("%s waits %d s", [input.metadata.name, input.spec.timeout_seconds]) if {
        input.spec.timeout_seconds > 30
      }

      deny contains {"msg": "it has no timeout"} if not input.spec.timeout_seconds

      few contains "two others agree" if {
        input.approvals
        count([a.by | some a in input.approvals; time.parse_rfc3339_ns(a.until) > time.parse_rfc3339_ns(input.now)]) < 2
      }

      never if input.kind == "Service"

      always := true

      text := "no"

      broken contains msg if msg := to_number(input.metadata.name)
      """;

  @TempDir private Path folder;

  private Rulebook rulebook(String opa, String deny) throws Exception {
    return rulebook(opa, deny, "manifest");
  }

  private Rulebook rulebook(String opa, String deny, String of) throws Exception {
    Files.writeString(folder.resolve("release.rego"), REGO);
    Path file =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            apiVersion: faultline.dev/v1
            kind: Policy
            metadata: {name: house}
            spec:
              opa: %s
              rules:
                - {name: rule, of: %s, deny: %s, message: so it is, at: spec}
            """
                .formatted(opa, of, deny));
    return Rulebook.of(new PolicyFiles(new Loader()).load(file.toString()));
  }

  private Rulebook byProgram(String deny) throws Exception {
    return rulebook("{modules: release.rego, program: %s}".formatted(RealOpa.program()), deny);
  }

  @Test
  void aPlanIsJudgedByWhoHasApprovedItOnceItIsRun() throws Exception {
    Rulebook rulebook =
        rulebook(
            "{modules: release.rego, program: %s}".formatted(RealOpa.program()),
            "data.release.few",
            "plan");
    Subject planned = new Subject(Judged.PLAN, Map.of("now", NOW));
    Approved alice = new Approved("alice", NOW.plusSeconds(60), "seen");
    Approved bob = new Approved("bob", NOW.plusSeconds(60), "");
    Approved late = new Approved("carol", NOW.minusSeconds(60), "");

    assertThat(rulebook.judge(planned)).as("nobody can have approved it yet").isEmpty();
    assertThat(rulebook.judge(planned.approvedBy(List.of(alice, late))))
        .extracting(Breach::words)
        .containsExactly("policy house, rule: so it is (two others agree)");
    assertThat(rulebook.judge(planned.approvedBy(List.of(alice, bob)))).isEmpty();
  }

  private Manifest manifest(String kind, String spec) throws IOException, InvalidFile {
    Path file =
        Files.writeString(
            folder.resolve("app.yaml"),
            "{kind: %s, metadata: {name: orders}, spec: %s}\n".formatted(kind, spec));
    return new ManifestFiles(new Loader()).load(file.toString()).getFirst();
  }

  private List<String> judge(Rulebook rulebook, String kind, String spec) throws Exception {
    return rulebook.judge(Subject.of(manifest(kind, spec), NOW)).stream()
        .map(Breach::words)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{timeout_seconds: 20} | ",
        "{timeout_seconds: 90} | policy house, rule: so it is (orders waits 90 s)",
        "{} | policy house, rule: so it is (it has no timeout)"
      })
  void whatARuleDeniesBreaksIt(String spec, String words) throws Exception {
    List<String> broken = judge(byProgram("data.release.deny"), "Deployment", spec);

    assertThat(broken).isEqualTo(words == null ? List.of() : List.of(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "always | (denied)",
        "never | (it cannot be decided: data.release.never has no value: is it spelt",
        "denny | (it cannot be decided: data.release.denny has no value: is it spelt",
        "text | (it cannot be decided: data.release.text is neither true, nor false, nor texts",
        "broken | (it cannot be decided: "
      })
  void whatIsNotKnownToHoldIsBroken(String rule, String words) throws Exception {
    assertThat(judge(byProgram("data.release." + rule), "Deployment", "{}"))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void aModuleThatIsNoneIsRefusedWhenThePolicyIsRead() throws Exception {
    Path program = RealOpa.program();
    Files.writeString(folder.resolve("wrong.rego"), "package release\n\ndeny contains if {\n");

    InvalidFile refused =
        catchThrowableOfType(
            InvalidFile.class,
            () ->
                rulebook(
                    "{modules: wrong.rego, program: %s}".formatted(program), "data.release.deny"));

    assertThat(refused).hasMessageContaining("policy.yaml:5:").hasMessageContaining("wrong.rego:3");
  }

  @Test
  void aProgramThatIsNotThereIsToldWhereItIsNamed() {
    InvalidFile refused =
        catchThrowableOfType(
            InvalidFile.class,
            () -> rulebook("{modules: release.rego, program: /nowhere/opa}", "data.release.deny"));

    assertThat(refused)
        .hasMessageContaining("policy.yaml:5:")
        .hasMessageContaining("/nowhere/opa cannot be run");
  }

  @Test
  void aServerDecidesByItsOwnRules() throws Exception {
    int port = freePort();
    Files.writeString(folder.resolve("release.rego"), REGO);
    Process server =
        new ProcessBuilder(
                RealOpa.program().toString(),
                "run",
                "--server",
                "--addr=127.0.0.1:" + port,
                "--log-level=error",
                folder.resolve("release.rego").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("opa.log").toFile())
            .start();
    try {
      awaitAnswers(port);
      Rulebook rulebook =
          rulebook("{url: \"http://127.0.0.1:%d/\"}".formatted(port), "data.release.deny");

      assertThat(judge(rulebook, "Deployment", "{timeout_seconds: 20}")).isEmpty();
      assertThat(judge(rulebook, "Deployment", "{timeout_seconds: 90}"))
          .containsExactly("policy house, rule: so it is (orders waits 90 s)");
      assertThat(
              judge(
                  rulebook("{url: \"http://127.0.0.1:%d\"}".formatted(port), "data.release.denny"),
                  "Deployment",
                  "{}"))
          .singleElement()
          .asString()
          .contains("data.release.denny has no value");
    } finally {
      server.destroyForcibly();
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void awaitAnswers(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!answers(port)) {
      assertThat(System.nanoTime()).as("opa serves").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean answers(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What a server of ours answers, to see what it is asked and what becomes of its failures. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"result\": [\"a\", \"b\"]} | (a, b)",
        "200 | {\"result\": [1, 2, 3, 4, 5, 6, 7]} | (1, 2, 3, 4, 5, and 2 more)",
        "200 | no | is no JSON)",
        "401 | {} | answers 401)",
        "302 | {} | answers 302)"
      })
  void aServerIsAskedWithItsToken(int status, String answer, String words) throws Exception {
    AtomicReference<String> asked = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] input = exchange.getRequestBody().readAllBytes();
          asked.set(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new String(input, StandardCharsets.UTF_8)));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Files.writeString(folder.resolve("token"), "secret\n");
      String opa =
          "{url: \"http://127.0.0.1:%d\", bearerTokenFile: token}"
              .formatted(server.getAddress().getPort());

      assertThat(judge(rulebook(opa, "data.release.deny"), "Deployment", "{}"))
          .singleElement()
          .asString()
          .endsWith(words)
          .doesNotContain("secret");
      assertThat(asked.get())
          .startsWith("/v1/data/release/deny Bearer secret {\"input\":{")
          .contains("\"kind\":\"Deployment\"");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTokenDoesNotCrossTheNetworkInTheClear() throws Exception {
    for (String here : List.of("https://opa.example", "http://localhost:1", "http://[::1]:1/x")) {
      Rulebook _ = rulebook("{url: \"%s\", bearerTokenFile: token}".formatted(here), "data.a.deny");
    }
    for (String away : List.of("http://opa.example:1", "http://127.0.0.1.evil.example")) {
      InvalidFile refused =
          catchThrowableOfType(
              InvalidFile.class,
              () ->
                  rulebook("{url: \"%s\", bearerTokenFile: token}".formatted(away), "data.a.deny"));

      assertThat(refused)
          .hasMessageContaining("policy.yaml:5:")
          .hasMessageContaining("in the clear");
    }
  }

  @Test
  void aTokenThatIsNoneIsNotTold() throws Exception {
    Files.writeString(folder.resolve("token"), "secret\nof two lines\n");
    String opa = "{url: \"http://127.0.0.1:%d\", bearerTokenFile: token}".formatted(freePort());

    assertThat(judge(rulebook(opa, "data.release.deny"), "Deployment", "{}"))
        .singleElement()
        .asString()
        .contains("or the file with its token no token")
        .doesNotContain("secret");
  }

  /** Its headers come at once, and its body never. */
  @Test
  void anAnswerThatDoesNotEndDecidesNothing() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try {
      String opa = "{url: \"http://127.0.0.1:%d\"}".formatted(server.getAddress().getPort());

      assertThat(judge(rulebook(opa, "data.release.deny"), "Deployment", "{}"))
          .singleElement()
          .asString()
          .contains("does not answer within 10 s");
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void aServerThatIsAwayLetsNothingPass() throws Exception {
    String opa = "{url: \"http://127.0.0.1:%d\"}".formatted(freePort());

    assertThat(judge(rulebook(opa, "data.release.deny"), "Deployment", "{}"))
        .singleElement()
        .asString()
        .contains("it cannot be decided: http://127.0.0.1:", " does not answer");
  }
}
