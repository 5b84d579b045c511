package dev.faultline.environment.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Load;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpSenderTest {

  @Test
  void aRequestThatIsCutOffOnAKeptConnectionIsNotSentAgain() throws Exception {
    try (LoadServer server = new LoadServer(request -> request == 1 ? 0 : 200);
        HttpSender sender = HttpSender.to(load(server.url()), server.url(), 5)) {
      assertThat(sender.send()).isEqualTo(new Outcome.Answered());
      assertThat(sender.send()).isEqualTo(new Outcome.Failure("connection reset"));
      assertThat(sender.send()).isEqualTo(new Outcome.Answered());

      assertThat(server.requests()).isEqualTo(3);
    }
  }

  private static Load load(String url) {
    return new Load(
        url, Quantity.parse("1/s"), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
  }
}
