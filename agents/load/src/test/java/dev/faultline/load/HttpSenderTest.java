package dev.faultline.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSenderTest {

  @Test
  void aRequestThatIsCutOffOnAKeptConnectionIsNotSentAgain() throws Exception {
    try (LoadServer server = new LoadServer(request -> request == 1 ? 0 : 200);
        HttpSender sender = HttpSender.to(server.order(1, LoadOrder.TIMEOUT), 5)) {
      assertThat(sender.send(false)).isEqualTo(new Outcome.Answered());
      assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("connection reset"));
      assertThat(sender.send(false)).isEqualTo(new Outcome.Answered());

      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void whatFailsUnexpectedlyIsAnErrorToo() {
    SocketFactory broken =
        new SocketFactory() {
          @Override
          public Socket createSocket() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Socket createSocket(String host, int port) {
            return createSocket();
          }

          @Override
          public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            return createSocket();
          }

          @Override
          public Socket createSocket(InetAddress host, int port) {
            return createSocket();
          }

          @Override
          public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            return createSocket();
          }
        };
    try (HttpSender sender = new HttpSender(order(false, 1), 5, broken, trusted())) {
      assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("other: IllegalStateException"));
      assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("other: IllegalStateException"));
    }
  }

  @Test
  void anAnswerThatComesInDropsEndsAtTheDeadlineToo() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.startVirtualThread(() -> drip(door));
      LoadOrder order =
          LoadOrder.of(LoadServer.get(false, door.getLocalPort()), 1, Duration.ofMillis(400));
      try (HttpSender sender = HttpSender.to(order, 5)) {
        assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("timeout"));
      }
      server.interrupt();
    }
  }

  /** A byte in a while, of an answer that never ends. */
  private static void drip(ServerSocket door) {
    try (Socket connection = door.accept()) {
      OutputStream out = connection.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(US_ASCII));
      while (true) {
        out.write('.');
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoFindsNoFreeConnectionWaitsForOne() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    try (LoadServer server =
            new LoadServer(
                request -> {
                  arrived.countDown();
                  first.await();
                  return 200;
                });
        HttpSender sender = HttpSender.to(server.order(1, LoadOrder.TIMEOUT), 1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> one = threads.submit(() -> sender.send(false));
      Future<Outcome> other = threads.submit(() -> sender.send(false));
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
      first.countDown();

      assertThat(one.get()).isEqualTo(new Outcome.Answered());
      assertThat(other.get()).isEqualTo(new Outcome.Answered());
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void httpsIsSpokenWithWhomIsTrustedAlone(@TempDir Path temp) throws Exception {
    Certificates certificates = new Certificates(temp);
    certificates.make("shop", "ip:127.0.0.1");
    certificates.make("other", "dns:elsewhere.example");
    for (String name : List.of("shop", "other")) {
      SSLContext context = certificates.server(name, name);
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.createContext("/", HttpSenderTest::answer);
      server.start();
      LoadOrder order = order(true, server.getAddress().getPort());
      try (HttpSender anybody = HttpSender.to(order, 5);
          HttpSender sender =
              new HttpSender(order, 5, SocketFactory.getDefault(), context.getSocketFactory())) {
        Outcome refused = new Outcome.Failure("other: SSLHandshakeException");
        assertThat(anybody.send(false)).isEqualTo(refused);
        assertThat(sender.send(false))
            .as(name)
            .isEqualTo(name.equals("shop") ? new Outcome.Answered() : refused);
      } finally {
        server.stop(0);
      }
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static SSLSocketFactory trusted() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  private static LoadOrder order(boolean secure, int port) {
    return LoadOrder.of(LoadServer.get(secure, port), 1, LoadOrder.TIMEOUT);
  }
}
