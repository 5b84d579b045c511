package dev.faultline.node.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How the two sides are spoken to. Thread-safe.
 *
 * @param clients the relay's own identity, for TLS
 * @param server whom it trusts, for TLS
 */
record Lines(InetSocketAddress target, Optional<SSLContext> clients, Optional<SSLContext> server) {

  static final String HTTP_1 = "http/1.1";
  static final String HTTP_2 = "h2";

  private static final int CONNECT_MILLIS = 5000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  /** A connection to the server, and what it speaks; nothing when it does not say. */
  record Connected(Wire wire, String protocol) {}

  /** Picks one of the protocols that a client offers. */
  interface Choice {
    String of(List<String> offered) throws IOException;
  }

  static Lines of(InetSocketAddress target, Optional<Tls> tls) throws IOException {
    Optional<Tls.Keys> keys = tls.flatMap(Tls::clients);
    Optional<java.nio.file.Path> trust = tls.flatMap(Tls::server);
    return new Lines(
        target,
        keys.isPresent() ? Optional.of(Pem.identity(keys.get())) : Optional.empty(),
        trust.isPresent() ? Optional.of(Pem.trust(trust.get())) : Optional.empty());
  }

  /** Whether the server says in TLS what it speaks. */
  boolean serverIsAsked() {
    return server.isPresent();
  }

  Wire answer(Socket accepted, Choice choice) throws IOException {
    if (clients.isEmpty()) {
      return new Wire(accepted, accepted);
    }
    SSLSocket tls = over(accepted, clients.get(), false);
    tls.setHandshakeApplicationProtocolSelector(
        (socket, offered) -> {
          try {
            return choice.of(offered);
          } catch (IOException noServer) {
            throw new UncheckedIOException(noServer);
          }
        });
    shakeHands(accepted, tls);
    return new Wire(accepted, tls);
  }

  /**
   * @param protocols what the server may choose from, best first
   */
  Connected connect(List<String> protocols) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(target.getHostString(), target.getPort()), CONNECT_MILLIS);
      if (server.isEmpty()) {
        return new Connected(new Wire(socket, socket), "");
      }
      SSLSocket tls = over(socket, server.get(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(protocols.toArray(String[]::new));
      tls.setSSLParameters(parameters);
      shakeHands(socket, tls);
      return new Connected(new Wire(socket, tls), tls.getApplicationProtocol());
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private SSLSocket over(Socket socket, SSLContext context, boolean asClient) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, target.getHostString(), target.getPort(), true);
    tls.setUseClientMode(asClient);
    return tls;
  }

  private static void shakeHands(Socket socket, SSLSocket tls) throws IOException {
    socket.setSoTimeout(HANDSHAKE_MILLIS);
    try {
      tls.startHandshake();
    } catch (UncheckedIOException noServer) {
      throw new IOException(noServer.getCause());
    }
    socket.setSoTimeout(0);
  }
}
