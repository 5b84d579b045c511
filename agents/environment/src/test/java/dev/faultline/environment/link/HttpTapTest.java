package dev.faultline.environment.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.model.world.Action.DisturbLink;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.ExchangeEffect;
import dev.faultline.model.world.ExchangeMatch;
import dev.faultline.model.world.LinkReading;
import dev.faultline.node.http.HttpRelay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HttpTapTest {

  private static final Disturbance CLOSED =
      new Disturbance.Http(
          new ExchangeMatch(Optional.empty(), Optional.of("/pay*"), Map.of()),
          List.of(new ExchangeEffect.Abort(503, Optional.of("no"))));

  @Test
  void chosenExchangesAreAnsweredAndCountedUntilTheEnd() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (HttpRelay relay = HttpRelay.start(any, server.getAddress(), Optional.empty());
        HttpTap tap = new HttpTap(relay);
        HttpClient client = HttpClient.newHttpClient()) {
      tap.put(
          new DisturbLink("a->b", "closed", CLOSED, Direction.BOTH, 1, Duration.ofSeconds(10), 7));

      assertThat(status(client, relay.port(), "/stock")).isEqualTo(204);
      assertThat(tap.takes(CLOSED)).isTrue();
      assertThat(CLOSED.shownBy(tap.reading("closed"))).isFalse();
      assertThat(status(client, relay.port(), "/pay")).isEqualTo(503);
      Await.until("one is counted", () -> CLOSED.shownBy(tap.reading("closed")));
      assertThat(CLOSED.told(tap.reading("closed"))).contains("1 exchange answered 503");

      tap.remove("closed");
      assertThat(status(client, relay.port(), "/pay")).isEqualTo(204);
      assertThat(tap.reading("closed").inForce()).isFalse();
      assertThat(tap.reading("never told")).isEqualTo(LinkReading.NOTHING);
    } finally {
      server.stop(0);
    }
  }

  private static int status(HttpClient client, int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
