package dev.faultline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.serve.door.Certificates;
import dev.faultline.serve.door.Keys;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Token;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as others than this machine reach it. */
final class SignInTest {

  private static final String SECRET = "correct-horse-battery-staple";

  @TempDir private Path temp;

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "page", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Test
  void theTokenIsAskedForByTlsAndACookieStandsForIt() throws Exception {
    Keys keys = Certificates.make(temp.resolve("keys"));
    Settings settings =
        new Settings(
            Listen.parse("0.0.0.0:0"),
            Optional.of(Token.of(SECRET)),
            Optional.of(keys),
            temp.resolve("state"),
            Optional.empty(),
            Optional.empty(),
            "0.1");
    try (PageServer server = PageServer.open(settings, InstantSource.system(), _ -> {});
        HttpClient client =
            HttpClient.newBuilder().sslContext(trusting(keys.certificate())).build()) {
      URI root = URI.create(server.address().replace("0.0.0.0", "127.0.0.1"));
      HttpResponse<String> form = send(client, HttpRequest.newBuilder(root));
      assertThat(form.statusCode()).isEqualTo(401);
      assertThat(form.body()).contains("type=\"password\"").doesNotContain("No run is on");
      assertThat(send(client, HttpRequest.newBuilder(root.resolve("/live"))).statusCode())
          .isEqualTo(401);
      HttpResponse<String> wrong = send(client, token(root, "token=guess&next=%2F"));
      assertThat(wrong.statusCode()).isEqualTo(403);
      assertThat(wrong.body()).contains("That is not the token.");
      HttpResponse<String> right =
          send(client, token(root, "token=%s&next=%%2Fhistory".formatted(SECRET)));
      assertThat(right.statusCode()).isEqualTo(303);
      assertThat(right.headers().firstValue("Location")).hasValue("/history");
      String cookie = right.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      assertThat(send(client, HttpRequest.newBuilder(root).header("Cookie", cookie)).body())
          .contains("No run is on");
      assertThat(
              send(client, HttpRequest.newBuilder(root).header("Authorization", "Bearer " + SECRET))
                  .statusCode())
          .isEqualTo(200);
      assertThat(send(client, token(root, "token=%zz")).statusCode()).isEqualTo(400);
      assertThat(send(client, token(root, "token=" + "x".repeat(5000))).statusCode())
          .isEqualTo(413);
    }
  }

  private static HttpRequest.Builder token(URI root, String form) {
    return HttpRequest.newBuilder(root.resolve("/sign-in"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
