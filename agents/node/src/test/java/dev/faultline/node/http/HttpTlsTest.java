package dev.faultline.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS on either side, with keys that the JDK's own tool has made. */
@Timeout(120)
class HttpTlsTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;
  private Tls.Keys keys;

  @BeforeEach
  void makeKeys() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-alias",
                "relay",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(tool.waitFor(60, TimeUnit.SECONDS) && tool.exitValue() == 0).as(said).isTrue();
    KeyStore made = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    keys =
        new Tls.Keys(
            pem("cert.pem", "CERTIFICATE", made.getCertificate("relay").getEncoded()),
            pem(
                "key.pem",
                "PRIVATE KEY",
                made.getKey("relay", "secret".toCharArray()).getEncoded()));
  }

  private Path pem(String name, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        folder.resolve(name), "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind, text));
  }

  private HttpsServer server() throws IOException {
    HttpsServer server = HttpsServer.create(ANY, 10);
    server.setHttpsConfigurator(new HttpsConfigurator(Pem.identity(keys)));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(204, -1);
          }
        });
    server.start();
    return server;
  }

  private HttpResponse<String> get(HttpRelay relay, HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(Pem.trust(keys.certificate()))
            .version(version)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + relay.port() + "/a"))
              .timeout(Duration.ofSeconds(60))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress("localhost", port);
  }

  @Test
  void tlsIsSpokenOnBothSides() throws Exception {
    HttpsServer server = server();
    Tls tls = new Tls(Optional.of(keys), Optional.of(keys.certificate()));
    try (HttpRelay relay =
        HttpRelay.start(ANY, local(server.getAddress().getPort()), Optional.of(tls))) {
      HttpResponse<String> answer = get(relay, HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNotTalkedTo() throws Exception {
    HttpsServer server = server();
    makeOtherKeys();
    Tls tls = new Tls(Optional.empty(), Optional.of(keys.certificate()));
    try (HttpRelay relay =
            HttpRelay.start(ANY, local(server.getAddress().getPort()), Optional.of(tls));
        RawClient client = new RawClient(relay.port())) {
      client.send("GET / HTTP/1.1||");
      assertThatThrownBy(client::untilEnd).hasMessageContaining("reset");
    } finally {
      server.stop(0);
    }
  }

  private void makeOtherKeys() throws Exception {
    Files.delete(folder.resolve("keys.p12"));
    makeKeys();
  }

  @Test
  void aTaggedRequestInTlsIsAnsweredByTheRelay() throws Exception {
    Tls front = new Tls(Optional.of(keys), Optional.of(keys.certificate()));
    HttpsServer server = server();
    HttpMatch all = new HttpMatch(Optional.of("GET"), Optional.of("/a"), Map.of("host", "local*"));
    try (HttpRelay relay =
        HttpRelay.start(ANY, local(server.getAddress().getPort()), Optional.of(front))) {
      relay.put(
          "fault",
          new HttpFault(all, 1, 1, List.of(new HttpEffect.Abort(418, Optional.of("tea")))));
      HttpResponse<String> answer = get(relay, HttpClient.Version.HTTP_1_1);
      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).isEqualTo("tea");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void bothSidesAgreeOnHttp2() throws Exception {
    Server server =
        NettyServerBuilder.forAddress(ANY)
            .useTransportSecurity(keys.certificate().toFile(), keys.key().toFile())
            .addService(
                ServerServiceDefinition.builder("test.Echo")
                    .addMethod(GrpcTest.ONE, ServerCalls.asyncUnaryCall(GrpcTest::one))
                    .build())
            .build()
            .start();
    Tls tls = new Tls(Optional.of(keys), Optional.of(keys.certificate()));
    try (HttpRelay relay = HttpRelay.start(ANY, local(server.getPort()), Optional.of(tls))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", relay.port())
              .sslContext(
                  GrpcSslContexts.forClient().trustManager(keys.certificate().toFile()).build())
              .build();
      assertThat(GrpcTest.call(channel, new byte[] {7})).containsExactly(7);

      relay.put(
          "fault",
          new HttpFault(
              new HttpMatch(Optional.empty(), Optional.empty(), Map.of()),
              1,
              1,
              List.of(new HttpEffect.GrpcStatus(14, "away"))));
      assertThatThrownBy(() -> GrpcTest.call(channel, new byte[] {7}))
          .hasMessageContaining("UNAVAILABLE: away");
      channel.shutdownNow();
    } finally {
      server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void keysThatAreNoneAreRefusedWithTheWayOut() throws Exception {
    Tls.Keys wrong = new Tls.Keys(keys.certificate(), keys.certificate());
    assertThatThrownBy(
            () ->
                HttpRelay.start(
                    ANY, ANY, Optional.of(new Tls(Optional.of(wrong), Optional.empty()))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openssl pkcs8");
  }
}
