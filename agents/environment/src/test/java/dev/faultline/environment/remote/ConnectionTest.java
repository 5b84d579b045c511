package dev.faultline.environment.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.node.Children;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a connection makes of programs that are not what they should be. */
final class ConnectionTest {

  private static final Request MARKS = new Request.Ask(new Query.Marks());
  private static final Duration LONG = Duration.ofSeconds(30);

  @AutoClose private final Children children = new Children();

  private Connection to(String script) throws IOException {
    return new Connection(Channel.open(children, List.of("sh", "-c", script), Map.of()));
  }

  @Test
  void theLastWordsOfAClientSayWhyItEnded() throws Exception {
    try (Connection connection = to("echo no route to host >&2; exit 255")) {
      assertThatThrownBy(() -> connection.call(MARKS, LONG))
          .hasMessage("the connection has ended: no route to host");
      Await.until("lost", () -> connection.lost().isPresent());
    }
  }

  @Test
  void oneThatIsSilentIsNotWaitedForLonger() throws Exception {
    try (Connection connection = to("cat >/dev/null")) {
      assertThatThrownBy(() -> connection.call(MARKS, Duration.ofMillis(50)))
          .hasMessage("no reply within 50 ms");
      assertThat(connection.lost()).isEmpty();
    }
  }

  @Test
  void oneThatDoesNotReadIsNotWaitedForEither() throws Exception {
    Request big = new Request.Apply(new Action.DisarmFuse("x".repeat(200_000)));
    Connection connection = to("exec sleep 600");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> connection.call(big, Duration.ofMillis(20)))
          .isInstanceOf(LostConnection.class);
    }
    children.close();
    Await.until("lost", () -> connection.lost().isPresent());
  }

  @Test
  void foreignWordsEndTheConnection() throws Exception {
    try (Connection connection = to("echo hello; cat >/dev/null")) {
      assertThatThrownBy(() -> connection.call(MARKS, LONG))
          .hasMessageContaining("does not speak as Faultline does");
    }
  }

  @Test
  void whereNothingWasTouchedAConnectionMayBeLost() {
    RemoteHost host =
        new RemoteHost(
            "web1",
            "run-1",
            Map.of(),
            () -> to("read x; echo '{\"id\":1,\"begun\":{}}'; echo off >&2"));

    assertThat(host.ask(new Query.Marks()).words()).contains("host web1: ").contains("off");
    assertThat(host.renew()).isInstanceOf(Effect.Done.class);
    assertThat(host.apply(new Action.DisarmFuse("f"))).isInstanceOf(Effect.Failed.class);
    assertThat(host.renew()).isInstanceOf(Effect.Superseded.class);
  }
}
