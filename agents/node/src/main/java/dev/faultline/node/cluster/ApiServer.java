package dev.faultline.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API server, as a pod reaches it: with the token and the authority of its service account. The
 * token is read for each request, as the kubelet renews it. A request may take 5 s.
 */
final class ApiServer {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final URI server;
  private final Optional<Path> token;

  private ApiServer(HttpClient client, URI server, Optional<Path> token) {
    this.client = client;
    this.server = server;
    this.token = token;
  }

  /** What it answered. */
  record Said(int code, String body) {
    boolean ok() {
      return code / 100 == 2;
    }

    boolean isMissing() {
      return code == 404;
    }
  }

  /** One that wants no token. */
  static ApiServer plain(URI server) {
    return new ApiServer(
        HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), server, Optional.empty());
  }

  /**
   * That of the pod.
   *
   * @param account the folder of the service account
   * @throws IOException when this is no pod with an account
   */
  static ApiServer of(Path account, Map<String, String> environment) throws IOException {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host.isEmpty()) {
      throw new IOException("this is no pod: KUBERNETES_SERVICE_HOST is not set");
    }
    URI server =
        URI.create("https://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    try {
      HttpClient client =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .sslContext(trusting(account.resolve("ca.crt")))
              .build();
      return new ApiServer(client, server, Optional.of(account.resolve("token")));
    } catch (GeneralSecurityException unfit) {
      throw new IOException("the authority of the API server cannot be used", unfit);
    }
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  Said get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Said patch(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
  }

  Said delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
    if (token.isPresent()) {
      String bearer = Files.readString(token.get()).strip();
      request.header("Authorization", "Bearer " + bearer);
    }
    return request;
  }

  private Said send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Said(response.statusCode(), response.body());
  }
}
