package dev.faultline.environment.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Load;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class HttpSenderTest {

  @Test
  void aRequestThatIsCutOffOnAKeptConnectionIsNotSentAgain() throws Exception {
    try (LoadServer server = new LoadServer(request -> request == 1 ? 0 : 200);
        HttpSender sender = HttpSender.to(load(server.url()), server.url(), 5)) {
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
    String url = "http://127.0.0.1:1/";
    try (HttpSender sender = new HttpSender(load(url), url, 5, broken)) {
      assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("other: IllegalStateException"));
      assertThat(sender.send(false)).isEqualTo(new Outcome.Failure("other: IllegalStateException"));
    }
  }

  private static Load load(String url) {
    return Load.of(url, Quantity.parse("1/s"));
  }
}
