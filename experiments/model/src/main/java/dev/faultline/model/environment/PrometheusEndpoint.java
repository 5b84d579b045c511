package dev.faultline.model.environment;

import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Prometheus, or what speaks its HTTP API. Secrets stand in files, read anew when they are needed
 * and never stored.
 *
 * @param url where it is, without {@code /api/v1}; or else a {@code service}
 * @param service a service of the cluster in place of an address, in an environment with {@code
 *     kubernetes}; the API server passes the questions on
 * @param namespace where the service is; that of the environment when absent
 * @param port the number of its port, from 1 to 65535; its only one when absent
 * @param scheme how the service is spoken to; {@code http} when absent
 * @param path what stands before {@code /api/v1} there; nothing when absent
 * @param bearerTokenFile file with the token
 * @param user who asks, with {@code passwordFile}
 * @param passwordFile file with the password of the user
 * @param oauth2 or who gives out tokens
 * @param tls how the connection is secured; as the machine trusts when absent
 * @param headers further headers, such as a tenant's
 * @param timeout how long an answer may take; 5s when absent
 * @param scrapeInterval how often it scrapes, which is how often gates are looked at, at least
 *     every 5s; 1s when absent
 */
public record PrometheusEndpoint(
    Optional<String> url,
    Optional<String> service,
    Optional<String> namespace,
    Optional<Integer> port,
    Optional<ClusterService.Scheme> scheme,
    Optional<String> path,
    Optional<String> bearerTokenFile,
    Optional<String> user,
    Optional<String> passwordFile,
    Optional<OAuth2> oauth2,
    Optional<Tls> tls,
    Map<String, String> headers,
    Optional<Duration> timeout,
    Optional<Duration> scrapeInterval) {

  private static final String ADDRESS = "https?://[^\\s]+";

  /**
   * Tokens for client credentials, after RFC 6749 section 4.4.
   *
   * @param tokenUrl who gives them out
   * @param clientId who asks
   * @param clientSecretFile file with the secret
   * @param scopes what is asked for
   */
  public record OAuth2(
      String tokenUrl, String clientId, String clientSecretFile, List<String> scopes) {

    /** Requires an address, and who asks. */
    public OAuth2 {
      InvalidValue.required(tokenUrl, "tokenUrl");
      InvalidValue.required(clientId, "clientId");
      InvalidValue.required(clientSecretFile, "clientSecretFile");
      scopes = List.copyOf(scopes);
      if (!tokenUrl.matches(ADDRESS)) {
        throw new InvalidValue(
            "tokenUrl",
            "'%s' is not an address; write it as https://login.example/oauth2".formatted(tokenUrl));
      }
    }
  }

  /**
   * How a connection is secured.
   *
   * @param caFile certificates in PEM that alone are trusted
   * @param certFile our certificate in PEM, with those above it
   * @param keyFile its private key in PEM (PKCS #8)
   * @param insecureSkipVerify true: whoever answers is believed; plan and report say so
   */
  public record Tls(
      Optional<String> caFile,
      Optional<String> certFile,
      Optional<String> keyFile,
      Optional<Boolean> insecureSkipVerify) {

    /** Requires a key for a certificate, and no trust that is never asked for. */
    public Tls {
      if (certFile.isPresent() != keyFile.isPresent()) {
        throw new InvalidValue(
            certFile.isPresent() ? "certFile" : "keyFile",
            "'certFile' and 'keyFile' belong together; add the other one");
      }
      if (insecureSkipVerify.orElse(false) && caFile.isPresent()) {
        throw new InvalidValue(
            "caFile", "with 'insecureSkipVerify' nobody is checked; remove it, or 'caFile'");
      }
    }
  }

  /** Requires an address of HTTP, one way to say who asks, and TLS where its files are given. */
  public PrometheusEndpoint {
    headers = Map.copyOf(headers);
    boolean inside = ClusterService.stated(url, service, namespace, port, scheme, path).isPresent();
    url.ifPresent(PrometheusEndpoint::requireAddress);
    if (path.isPresent() && path.get().contains("?")) {
      throw new InvalidValue("path", "'path' goes on with /api/v1; remove what begins with '?'");
    }
    if (user.isPresent() != passwordFile.isPresent()) {
      throw new InvalidValue(
          user.isPresent() ? "user" : "passwordFile",
          "'user' and 'passwordFile' belong together; add the other one");
    }
    refuseTwoWays(bearerTokenFile, user, oauth2, headers);
    if (inside) {
      ClusterService.requirePassed(headers);
      bearerTokenFile.ifPresent(_ -> refuseCredentials("bearerTokenFile"));
      user.ifPresent(_ -> refuseCredentials("user"));
      oauth2.ifPresent(_ -> refuseCredentials("oauth2"));
      tls.ifPresent(_ -> refuseCredentials("tls"));
    } else if (tls.isPresent() && !url.orElse("").startsWith("https://")) {
      throw new InvalidValue("tls", "'tls' needs an address that begins with https://");
    }
  }

  private static void requireAddress(String url) {
    if (!url.matches(ADDRESS)) {
      throw new InvalidValue(
          "url", "'%s' is not an address; write it as http://127.0.0.1:9090".formatted(url));
    }
    if (url.matches("https?://[^/?#]*@.*")) {
      throw new InvalidValue(
          "url", "no name or password stands in an address; use 'user' and 'passwordFile'");
    }
  }

  private static void refuseCredentials(String key) {
    throw new InvalidValue(
        key,
        "'%s' does not reach a service through the API server; remove it, or use 'url'"
            .formatted(key));
  }

  private static void refuseTwoWays(
      Optional<String> token,
      Optional<String> user,
      Optional<OAuth2> oauth2,
      Map<String, String> headers) {
    Optional<String> header =
        headers.keySet().stream().filter("Authorization"::equalsIgnoreCase).findFirst();
    List<String> ways =
        Stream.of(
                token.map(_ -> "bearerTokenFile"),
                user.map(_ -> "user"),
                oauth2.map(_ -> "oauth2"),
                header.map(name -> "headers/" + name))
            .flatMap(Optional::stream)
            .toList();
    if (ways.size() > 1) {
      throw new InvalidValue(
          ways.getLast(),
          "one way to say who asks is enough: %s stands here too; remove one"
              .formatted(ways.getFirst()));
    }
  }

  /** A Prometheus at an address that asks nobody who he is. */
  public static PrometheusEndpoint at(String url) {
    return new PrometheusEndpoint(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with other times. */
  public PrometheusEndpoint every(Optional<Duration> interval, Optional<Duration> patience) {
    return new PrometheusEndpoint(
        url,
        service,
        namespace,
        port,
        scheme,
        path,
        bearerTokenFile,
        user,
        passwordFile,
        oauth2,
        tls,
        headers,
        patience,
        interval);
  }

  /** The service of the cluster that it is, where it is one. */
  public Optional<ClusterService> inside() {
    return ClusterService.stated(url, service, namespace, port, scheme, path);
  }

  /** Its address; that of a service as a pod would write it. */
  public String address() {
    return inside().map(ClusterService::address).or(() -> url).orElse("");
  }

  /** Whether whoever answers at the address is believed. */
  public boolean unverified() {
    return tls.flatMap(Tls::insecureSkipVerify).orElse(false);
  }
}
