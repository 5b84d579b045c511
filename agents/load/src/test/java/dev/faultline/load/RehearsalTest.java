package dev.faultline.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void itAnswersEveryRequestAndReachesNobody() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200);
        HttpSender sender = HttpSender.toNobody(order(), 5)) {
      for (int request = 0; request < 100; request++) {
        assertThat(sender.send(false)).isEqualTo(new Outcome.Answered());
      }
      Rehearsal.of(order());

      assertThat(server.requests()).isZero();
    }
  }

  private static LoadOrder order() {
    return LoadOrder.of(
        new LoadRequest(
            "POST",
            false,
            "127.0.0.1",
            1,
            "/",
            Map.of("Host", "shop.example"),
            Optional.of("body")),
        200,
        LoadOrder.TIMEOUT);
  }
}
