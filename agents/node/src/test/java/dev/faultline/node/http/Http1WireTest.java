package dev.faultline.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP/1 looks like on both sides of the relay, byte by byte. */
@Timeout(60)
class Http1WireTest {

  private static final HttpMatch BETA =
      new HttpMatch(Optional.empty(), Optional.empty(), Map.of("x-user-type", "beta"));

  private RawServer server;
  private HttpRelay relay;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new RawServer();
    relay =
        HttpRelay.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            server.address(),
            Optional.empty());
    client = new RawClient(relay.port());
  }

  @AfterEach
  void end() throws IOException {
    client.close();
    relay.close();
    server.close();
  }

  private void put(HttpEffect... effects) {
    relay.put("fault", new HttpFault(BETA, 1, 1, List.of(effects)));
  }

  @Test
  void requestsThatFollowAtOnceAreAnsweredInTheirOrder() throws Exception {
    put(new HttpEffect.Abort(503, Optional.of("no")));
    client.send(
        "GET /1 HTTP/1.1|||GET /2 HTTP/1.1|x-user-type: beta||GET /3 HTTP/1.1||"
            .replace("|||", "||"));
    Socket peer = server.connection();
    assertThat(RawServer.read(peer, "||")).isEqualTo("GET /1 HTTP/1.1||");
    RawServer.send(peer, "HTTP/1.1 200 OK|content-length: 3||one");
    assertThat(RawServer.read(peer, "||")).isEqualTo("GET /3 HTTP/1.1||");
    RawServer.send(peer, "HTTP/1.1 200 OK|content-length: 5||three");

    assertThat(client.until("three"))
        .isEqualTo(
            "HTTP/1.1 200 OK|content-length: 3||one"
                + "HTTP/1.1 503 |content-length: 2|content-type: text/plain; charset=utf-8||no"
                + "HTTP/1.1 200 OK|content-length: 5||three");
  }

  @Test
  void chunksAndTrailersPassInBothDirections() throws Exception {
    client.send("POST / HTTP/1.1|Transfer-Encoding: chunked||3;x=y|abc|2|de|0|Sum: 5||");
    Socket peer = server.connection();
    assertThat(RawServer.read(peer, "Sum: 5||"))
        .isEqualTo("POST / HTTP/1.1|Transfer-Encoding: chunked||3|abc|2|de|0|Sum: 5||");
    RawServer.send(peer, "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|x|");
    assertThat(client.until("x|")).endsWith("||1|x|");
    RawServer.send(peer, "0|Sum: 1||");
    assertThat(client.until("||")).isEqualTo("0|Sum: 1||");
  }

  @Test
  void theClientMayWaitForTheServersLeaveToSendItsBody() throws Exception {
    client.send("PUT / HTTP/1.1|Expect: 100-continue|Content-Length: 2||");
    Socket peer = server.connection();
    RawServer.read(peer, "||");
    RawServer.send(peer, "HTTP/1.1 100 Continue||");
    assertThat(client.until("||")).isEqualTo("HTTP/1.1 100 Continue||");
    client.send("hi");
    assertThat(RawServer.read(peer, "hi")).isEqualTo("hi");
    RawServer.send(peer, "HTTP/1.1 204 No Content||HTTP/1.1 200 unasked||");
    assertThat(client.until("||")).isEqualTo("HTTP/1.1 204 No Content||");
    assertThat(client.untilEnd()).isEmpty();
  }

  @Test
  void anAbortDoesNotWaitForABodyThatMayNotCome() throws Exception {
    put(new HttpEffect.Abort(500, Optional.empty()));
    client.send("PUT / HTTP/1.1|x-user-type: beta|Expect: 100-continue|Content-Length: 2||");

    assertThat(client.untilEnd()).isEqualTo("HTTP/1.1 500 |content-length: 0|connection: close||");
    assertThat(server.hasConnection()).isFalse();
  }

  @Test
  void anAnswerToHeadHasNoBodyWhateverItsLength() throws Exception {
    put(new HttpEffect.ReplaceBody("new", Optional.empty()));
    client.send("HEAD / HTTP/1.1|x-user-type: beta||");
    Socket peer = server.connection();
    RawServer.read(peer, "||");
    RawServer.send(peer, "HTTP/1.1 200 OK|content-length: 99||");
    assertThat(client.until("||")).isEqualTo("HTTP/1.1 200 OK|content-length: 99||");
    client.send("GET /next HTTP/1.1||");
    assertThat(RawServer.read(peer, "||")).isEqualTo("GET /next HTTP/1.1||");
    assertThat(relay.report("fault").affected()).isZero();
  }

  @Test
  void afterAnUpgradeBytesPassAsTheyCome() throws Exception {
    client.send("GET /ws HTTP/1.1|Connection: keep-alive, Upgrade|Upgrade: websocket||early");
    Socket peer = server.connection();
    assertThat(RawServer.read(peer, "||"))
        .isEqualTo("GET /ws HTTP/1.1|Upgrade: websocket|Connection: keep-alive, Upgrade||");
    RawServer.send(peer, "HTTP/1.1 101 Switching|Connection: upgrade|Upgrade: websocket||hello");
    assertThat(client.until("hello")).startsWith("HTTP/1.1 101 ");
    assertThat(RawServer.read(peer, "early")).isEqualTo("early");
    client.send("GET no HTTP").endOutput();
    assertThat(RawServer.read(peer, "HTTP")).isEqualTo("GET no HTTP");
    assertThat(peer.getInputStream().read()).isEqualTo(-1);
    RawServer.send(peer, "bye");
    peer.close();
    assertThat(client.untilEnd()).isEqualTo("bye");
  }

  @Test
  void fieldsAboutOneConnectionStayThere() throws Exception {
    client.send(
        "GET / HTTP/1.1|Connection: X-Hop, Content-Length, close|X-Hop: 1|Proxy-Connection: a"
            + "|TE: gzip|Content-Length: 1|Upgrade: h2c|Keep: it||b");
    Socket peer = server.connection();
    assertThat(RawServer.read(peer, "||b"))
        .isEqualTo("GET / HTTP/1.1|Content-Length: 1|Keep: it|Connection: close||b");
    RawServer.send(peer, "HTTP/1.1 200 OK|Connection: close||until the end");
    peer.close();
    assertThat(client.untilEnd()).isEqualTo("HTTP/1.1 200 OK|Connection: close||until the end");
  }

  @Test
  void anOldClientIsServedAsTheServerServesIt() throws Exception {
    client.send("GET / HTTP/1.0||");
    Socket peer = server.connection();
    assertThat(RawServer.read(peer, "||")).isEqualTo("GET / HTTP/1.0||");
    RawServer.send(peer, "HTTP/1.0 200 OK||all");
    peer.close();
    assertThat(client.untilEnd()).isEqualTo("HTTP/1.0 200 OK||all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no HTTP at all||",
        "GET / HTTP/1.1|a : b||",
        "POST / HTTP/1.1|Content-Length: 1|Transfer-Encoding: chunked||",
        "POST / HTTP/1.1|Content-Length: 1|Content-Length: 2||"
      })
  void aMalformedRequestIsRefusedAndNeverPassedOn(String text) throws Exception {
    client.send(text);
    assertThat(client.untilEnd()).startsWith("HTTP/1.1 400 ").contains("connection: close");
    assertThat(server.hasConnection()).isFalse();
  }

  @Test
  void aBrokenBodyIsRefusedAndTheServerSeesItBreakOff() throws Exception {
    client.send("POST / HTTP/1.1|Transfer-Encoding: chunked||3|abc|oops|");
    assertThat(client.untilEnd()).startsWith("HTTP/1.1 400 ");
    Socket peer = server.connection();
    assertThat(peer.isConnected()).isTrue();
  }

  @Test
  void anAnswerThatIsNoHttpBecomesABadGateway() throws Exception {
    client.send("GET / HTTP/1.1||");
    Socket peer = server.connection();
    RawServer.read(peer, "||");
    RawServer.send(peer, "SSH-2.0-nope|||");
    assertThat(client.untilEnd()).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void whenTheServerEndsAnIdleConnectionTheClientsEndsToo() throws Exception {
    client.send("GET / HTTP/1.1||");
    Socket peer = server.connection();
    RawServer.read(peer, "||");
    RawServer.send(peer, "HTTP/1.1 204 No Content||");
    client.until("||");
    peer.close();
    assertThat(client.untilEnd()).isEmpty();
  }

  @Test
  void aDelayedRequestOutlivesTheServersPatienceWithIdleConnections() throws Exception {
    client.send("GET /1 HTTP/1.1||");
    Socket first = server.connection();
    RawServer.read(first, "||");
    RawServer.send(first, "HTTP/1.1 204 No Content||");
    client.until("||");
    put(new HttpEffect.Delay(Duration.ofHours(1), Duration.ZERO));
    client.send("GET /2 HTTP/1.1|x-user-type: beta||");
    Await.until("matched", () -> relay.report("fault").matched() == 1);
    first.shutdownOutput();
    assertThat(first.getInputStream().read()).as("the relay has seen the end").isEqualTo(-1);

    relay.remove("fault");

    Socket second = server.connection();
    assertThat(RawServer.read(second, "||")).startsWith("GET /2 ");
    RawServer.send(second, "HTTP/1.1 204 No Content||");
    assertThat(client.until("||")).isEqualTo("HTTP/1.1 204 No Content||");
    assertThat(relay.report("fault").affected()).isZero();
  }

  @Test
  void whenTheServerIsGoneTheConnectionIsReset() throws Exception {
    server.close();
    try {
      client.send("GET / HTTP/1.1||");
      assertThat(client.untilEnd()).isEmpty();
    } catch (java.net.SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }
}
