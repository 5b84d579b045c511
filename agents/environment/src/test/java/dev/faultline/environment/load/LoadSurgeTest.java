package dev.faultline.environment.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.judge.Quantity;
import dev.faultline.load.LoadServer;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Action.StartLoad;
import dev.faultline.model.world.Action.SurgeLoad;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query.LoadStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A load whose rate changes, and one of which some requests are set apart. */
final class LoadSurgeTest {

  @AutoClose private final LoadGenerator generator = new LoadGenerator(text -> text);

  @Test
  void aSurgeGoesThroughItsRatesByWholeSecondsAndBack() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      generator.start(new StartLoad(load(server.url(), Optional.empty())));
      Await.until("a second", () -> !figures().isEmpty());
      SurgeLoad surge =
          new SurgeLoad(
              List.of(Quantity.parse("40/s"), Quantity.parse("60/s")), Duration.ofSeconds(2));
      assertThat(generator.surge(surge)).isInstanceOf(Effect.Done.class);
      Await.until("last step", () -> rate().asked() == 60);
      assertThat(rate().surging()).isTrue();
      assertThat(rate().sent()).isEqualTo(60);

      assertThat(generator.endSurge()).isInstanceOf(Effect.Done.class);
      Await.until("back", () -> !rate().surging());
      assertThat(rate()).isEqualTo(new Answer.RateIs(false, 20, 20));

      Await.until(
          "told", () -> figures().getLast().second() > 5 && figures().getLast().asked() == 20);
      List<LoadInterval> seconds = figures();
      assertThat(seconds)
          .allSatisfy(one -> assertThat(one.intended()).isEqualTo((long) one.asked()));
      assertThat(seconds.stream().filter(one -> one.asked() == 40)).hasSize(2);
      assertThat(seconds.stream().map(LoadInterval::asked).distinct())
          .containsExactly(20.0, 40.0, 60.0);
    }
  }

  private Answer.RateIs rate() {
    return (Answer.RateIs) generator.rate();
  }

  @Test
  void withoutALoadNothingSurges() {
    assertThat(
            generator.surge(new SurgeLoad(List.of(Quantity.parse("9/s")), Duration.ofSeconds(2))))
        .isEqualTo(new Effect.Failed("no load is running"));
    assertThat(generator.endSurge()).isInstanceOf(Effect.Done.class);
    assertThat(generator.rate()).isEqualTo(new Answer.RateIs(false, 0, 0));
  }

  @Test
  void taggedRequestsCarryTheirHeaderAndTheOthersDoNot() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-user")));
          exchange.sendResponseHeaders(204, -1);
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
      generator.start(new StartLoad(load(url, Optional.of(tagged("50%")))));
      Await.until("requests", () -> seen.size() >= 10);

      assertThat(seen).contains("beta", "null").containsOnly("beta", "null");
    } finally {
      server.stop(0);
    }
  }

  private List<LoadInterval> figures() {
    return ((Answer.LoadFigures) generator.ask(new LoadStatus(Duration.ofHours(1)))).intervals();
  }

  private static Load.Tagged tagged(String share) {
    return new Load.Tagged(Quantity.parse(share), Map.of("x-user", "beta"));
  }

  private static Load load(String url, Optional<Load.Tagged> tagged) {
    return new Load(
        url,
        Optional.of(Quantity.parse("20/s")),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        tagged,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
