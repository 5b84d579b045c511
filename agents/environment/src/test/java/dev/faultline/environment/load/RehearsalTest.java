package dev.faultline.environment.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Load;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void itAnswersEveryRequestAndReachesNobody() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200);
        HttpSender sender = HttpSender.toNobody(load(server.url()), server.url(), 5)) {
      for (int request = 0; request < 100; request++) {
        assertThat(sender.send(false)).isEqualTo(new Outcome.Answered());
      }
      Rehearsal.of(load(server.url()));

      assertThat(server.requests()).isZero();
    }
  }

  private static Load load(String url) {
    return new Load(
        url,
        Optional.of(Quantity.parse("200/s")),
        List.of(),
        Optional.empty(),
        Optional.of("POST"),
        Map.of("Host", "shop.example"),
        Optional.empty(),
        Optional.of("body"),
        Optional.empty());
  }
}
