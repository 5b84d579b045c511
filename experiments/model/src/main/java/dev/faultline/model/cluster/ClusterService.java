package dev.faultline.model.cluster;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A port of a service of a cluster, reached through the API server, which passes requests on to a
 * pod of it ({@code services/proxy}).
 *
 * @param name its name
 * @param namespace where it is; in the namespace of the environment when empty
 * @param port the number of its port; its only one when empty
 * @param scheme how it is spoken to; by http when empty
 * @param path where requests begin
 */
public record ClusterService(
    String name,
    Optional<String> namespace,
    Optional<Integer> port,
    Optional<Scheme> scheme,
    String path) {

  private static final int MOST = 65_535;

  /** How a service is spoken to. */
  public enum Scheme {
    /** In the clear. */
    HTTP,
    /** Over TLS; the API server looks at no certificate. */
    HTTPS;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the API server keeps to itself, or takes for a wish of the caller's. */
  private static final List<String> NOT_PASSED =
      List.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final List<String> NOT_PASSED_BEGINNING =
      List.of("impersonate-", "x-remote-", "x-forwarded-", "proxy-");

  /** Refuses names and numbers that nothing has, and a path that leads out of the service. */
  public ClusterService {
    if (!name.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue("service", "'%s' cannot name a service".formatted(name));
    }
    if (namespace.isPresent() && !namespace.get().matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue(
          "namespace", "'%s' cannot name a namespace".formatted(namespace.get()));
    }
    if (port.isPresent() && (port.get() < 1 || port.get() > MOST)) {
      throw new InvalidValue("port", "'port' must be from 1 to 65535");
    }
    requireInside(path);
  }

  private static void requireInside(String path) {
    String plain = path.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT).replace("%2e", ".");
    boolean leadsOut =
        Stream.of(plain.split("/|%2f|%5c", -1))
            .anyMatch(part -> part.equals("..") || part.equals("."));
    if (!path.matches("(/[!-~&&[^#\\\\]]*)?") || leadsOut) {
      throw new InvalidValue(
          "path", "'%s' is no path; write it as /health, without '..'".formatted(path));
    }
  }

  /**
   * The service that some keys name, if they do.
   *
   * @param url what stands in place of it
   * @throws InvalidValue when neither is named, or both
   */
  public static Optional<ClusterService> stated(
      Optional<String> url,
      Optional<String> service,
      Optional<String> namespace,
      Optional<Integer> port,
      Optional<Scheme> scheme,
      Optional<String> path) {
    if (service.isEmpty()) {
      if (url.isEmpty()) {
        throw new InvalidValue("one of these is missing: url, service");
      }
      namespace.ifPresent(_ -> refuse("namespace"));
      port.ifPresent(_ -> refuse("port"));
      scheme.ifPresent(_ -> refuse("scheme"));
      path.ifPresent(_ -> refuse("path"));
    } else if (url.isPresent()) {
      throw new InvalidValue("service", "'url' and 'service' stand here; remove one of them");
    }
    return service.map(name -> new ClusterService(name, namespace, port, scheme, path.orElse("")));
  }

  private static void refuse(String key) {
    throw new InvalidValue(key, "'%s' belongs to 'service'; remove one of them".formatted(key));
  }

  /** Refuses headers that would not arrive, or mean something to the API server itself. */
  public static void requirePassed(Map<String, String> headers) {
    for (String header : headers.keySet()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (NOT_PASSED.contains(lower) || NOT_PASSED_BEGINNING.stream().anyMatch(lower::startsWith)) {
        throw new InvalidValue(
            "headers/" + header, "the API server does not pass '%s' on".formatted(header));
      }
    }
  }

  /** What the API server calls it, such as {@code http:web:8080}. */
  public String proxied() {
    return "%s:%s:%s"
        .formatted(
            scheme.orElse(Scheme.HTTP).word(),
            name,
            port.map(number -> Integer.toString(number)).orElse(""));
  }

  /** Its address as a pod would write it, with the path. */
  public String address() {
    return "%s://%s%s%s%s"
        .formatted(
            scheme.orElse(Scheme.HTTP).word(),
            name,
            namespace.map(space -> "." + space).orElse(""),
            port.map(number -> ":" + number).orElse(""),
            path);
  }

  /** What it takes to send it a request of this method. */
  public Permission permission(String method) {
    Permission pass = new Permission("", "services/proxy", verb(method), false).only(proxied());
    return namespace.map(pass::in).orElse(pass);
  }

  private static String verb(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "get";
    };
  }
}
