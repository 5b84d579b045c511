package dev.faultline.environment.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.notice.Silence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Alerts of a game day, at a real Alertmanager. */
final class SilenceTest {

  @TempDir private Path folder;

  @Test
  void alertsAreSilencedWhileAGameDayIsOnAndOnlyThose() throws Exception {
    List<String> complaints = new CopyOnWriteArrayList<>();
    try (RealAlertmanager real = RealAlertmanager.start(folder);
        Messenger messenger = new Messenger(InstantSource.system(), complaints::add)) {
      Silence silence =
          new Silence(
              real.url(),
              List.of("team=\"shop\"", "alertname=~Slow.*"),
              Optional.of(Duration.ofMinutes(30)),
              Optional.empty());
      Instant now = Instant.now();
      real.fire("SlowOrders", "shop");
      real.fire("SlowOrders", "bank");
      real.fire("NoOrders", "shop");

      messenger.send(silence, folder, MessengerTest.news(News.Moment.START, now, "begins"));
      messenger.send(silence, folder, MessengerTest.news(News.Moment.START, now, "begins"));
      Await.until("one is silenced", () -> states(real).contains("SlowOrders of shop suppressed"));

      assertThat(states(real)).contains("SlowOrders of bank active", "NoOrders of shop active");
      assertThat(real.silences()).hasSize(1);
      assertThat(Instant.parse(real.silences().get(0).path("endsAt").asString()))
          .isBetween(now.plusSeconds(1799), now.plusSeconds(1801));

      messenger.send(silence, folder, MessengerTest.news(News.Moment.END, now, "over"));
      Await.until("it is heard", () -> states(real).contains("SlowOrders of shop active"));
      assertThat(real.silences().get(0).path("status").path("state").asString())
          .isEqualTo("expired");
    }
    assertThat(complaints).isEmpty();
  }

  private static List<String> states(RealAlertmanager real) throws IOException {
    return real.alerts().valueStream().map(SilenceTest::words).toList();
  }

  private static String words(JsonNode alert) {
    return "%s of %s %s"
        .formatted(
            alert.path("labels").path("alertname").asString(),
            alert.path("labels").path("team").asString(),
            alert.path("status").path("state").asString());
  }
}
