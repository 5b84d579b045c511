package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fuse, and a {@link CommandSocket}, against something that takes commands at a Unix socket. */
class FuseSayTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int ROOMY = 1 << 20;

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  private final String runId = "test-" + UUID.randomUUID();
  private Path socket;
  private Lease lease;

  @BeforeEach
  void makeLease() throws Exception {
    socket = folder.resolve("api.sock");
    lease = Lease.create(folder.resolve("lease"));
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    for (FuseProcess fuse : FuseProcesses.find(runId)) {
      victims.track(fuse.identity());
    }
    victims.close();
    lease.close();
  }

  private Fired.Outcome fired(Duration timeout, String... lines) throws Exception {
    FuseOrder order =
        new FuseOrder(
            runId,
            "weights",
            lease.path(),
            LONG,
            Duration.ofMillis(10),
            List.of(new FuseAction.Say(socket, List.of(lines), timeout)));
    Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
    victims.track(fuse.identity());
    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);
    return fuse.fired().orElseThrow().outcomes().getFirst();
  }

  @Test
  void eachLineIsACommandOfItsOwnInOrder() throws Exception {
    try (LineServer server = LineServer.at(socket, line -> "\n")) {
      Fired.Outcome outcome = fired(LONG, "set weight a 256", "set weight b 0");

      assertThat(outcome)
          .isEqualTo(new Fired.Outcome(true, 1, "say 2 lines to " + socket + ": taken"));
      assertThat(server.taken()).containsExactly("set weight a 256", "set weight b 0");
    }
  }

  @Test
  void anAnswerWithWordsEndsItIsToldAndTriedAgain() throws Exception {
    try (LineServer server =
        LineServer.at(socket, line -> line.startsWith("bad") ? "No such server.\n\n" : "\n")) {
      Fired.Outcome outcome = fired(LONG, "good", "bad", "never");

      assertThat(outcome)
          .isEqualTo(
              new Fired.Outcome(
                  false, Undo.ROUNDS, "say 3 lines to " + socket + ": answered 'No such server.'"));
      assertThat(server.taken()).doesNotContain("never").hasSize(2 * Undo.ROUNDS);
    }
  }

  @Test
  void whereNobodyListensItHasFailed() throws Exception {
    assertThat(fired(LONG, "set weight a 256"))
        .satisfies(outcome -> assertThat(outcome.done()).isFalse())
        .satisfies(outcome -> assertThat(outcome.detail()).contains("No such file"));
  }

  @Test
  void whoeverHangsIsNotWaitedForLongerThanItsTime() throws Exception {
    try (LineServer server = LineServer.at(socket, line -> LineServer.HANG)) {
      assertThat(fired(SHORT, "a", "b"))
          .satisfies(outcome -> assertThat(outcome.done()).isFalse())
          .satisfies(outcome -> assertThat(outcome.detail()).contains("no whole answer within"));
      assertThat(server.taken()).containsOnly("a");
    }
  }

  @Test
  void anAnswerIsReadToItsEndAndNoFurtherThanItsBound() throws Exception {
    String answer = "0123456789".repeat(10_000);
    try (LineServer _ = LineServer.at(socket, line -> answer)) {
      assertThat(new CommandSocket(socket, LONG, ROOMY).ask("show")).isEqualTo(answer);
      assertThatThrownBy(() -> new CommandSocket(socket, LONG, 99_999).ask("show"))
          .hasMessageContaining("more than 99999 bytes");
    }
  }

  @Test
  void anAnswerWithoutAnEndTimesOut() throws Exception {
    try (LineServer _ = LineServer.at(socket, line -> LineServer.HANG)) {
      assertThatThrownBy(() -> new CommandSocket(socket, SHORT, ROOMY).ask("show"))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aFileThatIsNoSocketIsRefused() throws Exception {
    Files.createFile(socket);

    assertThatThrownBy(() -> new CommandSocket(socket, LONG, ROOMY).ask("show"))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void whatIsNotOneCommandIsNeverOrdered() {
    for (String line :
        List.of("", " ", "a\nb", "a; b", "a\rb", "a\0", "ü", "a".repeat(513), "a\u007f")) {
      assertThatThrownBy(() -> new FuseAction.Say(socket, List.of(line), LONG))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new FuseAction.Say(socket, List.of(), LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Say(Path.of("api.sock"), List.of("a"), LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Say(Path.of("/" + "a".repeat(107)), List.of("a"), LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Say(socket, List.of("a"), Duration.ofMillis(60_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
