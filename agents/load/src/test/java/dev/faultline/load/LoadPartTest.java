package dev.faultline.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several senders of one load, and one that begins late. */
final class LoadPartTest {

  @Test
  void partsTogetherSendExactlyTheWholeAndEachItsShare() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      LoadOrder order = server.order(70, LoadOrder.TIMEOUT);
      Instant at = Instant.now().plusMillis(300);
      try (LoadRun one = new LoadRun(order, 100, new LoadPart(0, 3), at);
          LoadRun two = new LoadRun(order, 100, new LoadPart(1, 3), at);
          LoadRun three = new LoadRun(order, 100, new LoadPart(2, 3), at)) {
        for (long second = 0; second < 3; second++) {
          LoadSecond a = await(one, second);
          LoadSecond b = await(two, second);
          LoadSecond c = await(three, second);

          assertThat(a.intended() + b.intended() + c.intended()).isEqualTo(70);
          assertThat(List.of(a.intended(), b.intended(), c.intended())).allMatch(n -> n >= 23);
          assertThat(List.of(a.at(), b.at(), c.at())).containsOnly(at.plusSeconds(second));
          assertThat(a.asked()).isEqualTo(70);
        }
      }
    }
  }

  @Test
  void aStartThatHasPassedLeavesOutTheSecondsSince() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200);
        LoadRun run =
            new LoadRun(
                server.order(20, LoadOrder.TIMEOUT),
                100,
                LoadPart.WHOLE,
                Instant.now().minus(Duration.ofMillis(5_500)))) {
      LoadSecond first = await(run, 0);

      assertThat(first.second()).isGreaterThanOrEqualTo(6);
      assertThat(first.intended()).isEqualTo(20);
    }
  }

  @Test
  void thereAreNoOtherParts() {
    assertThatThrownBy(() -> new LoadPart(2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LoadPart(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  private static LoadSecond await(LoadRun run, long second) throws Exception {
    Await.until("second " + second, () -> !run.from(second).isEmpty());
    return run.from(second).getFirst();
  }
}
