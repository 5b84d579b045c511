package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one request to an address gets: {@code http: ADDRESS}. Redirects are not followed.
 *
 * @param url the address; or else a {@code service}
 * @param service a service of the cluster in place of an address, in an environment with {@code
 *     kubernetes}; the API server passes the request on
 * @param namespace where the service is; that of the environment when absent
 * @param port the number of its port, from 1 to 65535; its only one when absent
 * @param scheme how the service is spoken to; {@code http} when absent
 * @param path what is asked of the service; {@code /} when absent
 * @param method GET when absent
 * @param headers headers of the request
 * @param body body of the request
 * @param timeout how long the whole answer may take; 5 s when absent
 * @param read what is taken of the answer; its status when absent, a number of it with a pointer
 * @param pointer where in a JSON answer the number stands (RFC 6901)
 */
public record Http(
    Optional<String> url,
    Optional<String> service,
    Optional<String> namespace,
    Optional<Integer> port,
    Optional<ClusterService.Scheme> scheme,
    Optional<String> path,
    Optional<String> method,
    Map<String, String> headers,
    Optional<String> body,
    Optional<Duration> timeout,
    Optional<Read> read,
    Optional<String> pointer)
    implements Signal {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final List<String> PASSED =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What can be taken of an answer. */
  public enum Read {
    /** The status code. */
    STATUS,
    /** Seconds until the whole answer was there. */
    LATENCY,
    /** 1 for an answer of 2xx in time, 0 for any other and for none. */
    OK,
    /** A number of the body. */
    JSON
  }

  /** Requires an address of HTTP, and a pointer exactly where a number of the body is read. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Http {
    headers = Map.copyOf(headers);
    url.ifPresent(Http::requireAddress);
    method.ifPresent(Http::requireMethod);
    if (ClusterService.stated(url, service, namespace, port, scheme, path).isPresent()) {
      ClusterService.requirePassed(headers);
      method.ifPresent(Http::requirePassed);
    }
    if (body.isPresent() && Set.of("GET", "HEAD").contains(method.orElse("GET"))) {
      throw new InvalidValue("body", "a GET carries no body; add 'method: POST'");
    }
    timeout.ifPresent(Http::requireBounded);
    if (pointer.isPresent() && read.isPresent() && read.get() != Read.JSON) {
      throw new InvalidValue("pointer", "'pointer' belongs to 'read: json'; remove one of them");
    }
    if (pointer.isEmpty() && read.equals(Optional.of(Read.JSON))) {
      throw new InvalidValue(
          "read", "'read: json' needs 'pointer', such as 'pointer: /queue/depth'");
    }
    pointer.ifPresent(Http::requirePointer);
  }

  /** A GET whose status is read. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Http of(String url) {
    return new Http(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void requireAddress(String url) {
    if (!url.matches("https?://\\S+")) {
      throw new InvalidValue(
          "url", "'%s' is not an address; write it as http://127.0.0.1:8080/health".formatted(url));
    }
  }

  private static void requirePassed(String method) {
    if (!PASSED.contains(method)) {
      throw new InvalidValue(
          "method", "the API server passes on %s".formatted(String.join(", ", PASSED)));
    }
  }

  private static void requireMethod(String method) {
    if (!method.matches("[A-Z]{1,20}")) {
      throw new InvalidValue("method", "a method is written in capitals, such as GET or POST");
    }
  }

  private static void requireBounded(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new InvalidValue("timeout", "'timeout' must be from 10ms to 1m");
    }
  }

  private static void requirePointer(String pointer) {
    if (!pointer.matches("(/([^/~]|~[01])*)*")) {
      throw new InvalidValue(
          "pointer",
          "'%s' is no pointer; write it as /queues/0/depth, with ~1 for a '/' in a key"
              .formatted(pointer));
    }
  }

  private Read what() {
    return read.orElse(pointer.isPresent() ? Read.JSON : Read.STATUS);
  }

  private Optional<ClusterService> inside() {
    return ClusterService.stated(url, service, namespace, port, scheme, path);
  }

  private String address() {
    return inside().map(ClusterService::address).or(() -> url).orElse("");
  }

  @Override
  public List<Query> queries() {
    Query.HttpProbe probe =
        new Query.HttpProbe(
            address(), method.orElse("GET"), headers, body, timeout.orElse(Duration.ofSeconds(5)));
    return List.of(inside().<Query>map(to -> new Query.ServiceProbe(to, probe)).orElse(probe));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.HttpReply reply -> read(reply);
      case Answer.Unanswered none when what() == Read.OK && isSilence(none.reason()) ->
          new Reading.Value(0, Optional.of("no answer: " + none.detail()));
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  /** Whether it is the other side that keeps silent: that is what 'ok' asks for. */
  private static boolean isSilence(BlindReason reason) {
    return reason == BlindReason.UNREACHABLE || reason == BlindReason.TIMEOUT;
  }

  private Reading read(Answer.HttpReply reply) {
    boolean ok = reply.status() >= 200 && reply.status() < 300;
    return switch (what()) {
      case STATUS -> new Reading.Value(reply.status());
      case LATENCY -> new Reading.Value(reply.took().toNanos() / 1e9);
      case OK -> new Reading.Value(ok ? 1 : 0, Optional.of("HTTP " + reply.status()));
      case JSON ->
          ok
              ? number(reply.body())
              : new Reading.Blind(BlindReason.UNREACHABLE, "it answered " + reply.status());
    };
  }

  private Reading number(Optional<String> text) {
    if (text.isEmpty()) {
      return malformed("the answer is longer than 1 MiB");
    }
    try {
      JsonNode node = JSON.readTree(text.get()).at(JsonPointer.compile(pointer.orElse("")));
      if (node.isMissingNode() || node.isNull()) {
        return new Reading.Blind(BlindReason.NO_DATA, "nothing stands at " + pointer.orElse(""));
      }
      return node.isNumber()
          ? Reading.of(node.doubleValue())
          : malformed("what stands at %s is no number".formatted(pointer.orElse("")));
    } catch (JacksonException senseless) {
      return malformed("the answer is no JSON");
    }
  }

  private static Reading malformed(String detail) {
    return new Reading.Blind(BlindReason.MALFORMED, detail);
  }

  @Override
  public Duration window() {
    return Duration.ZERO;
  }

  @Override
  public Set<Unit> units() {
    return switch (what()) {
      case STATUS, OK -> Set.of(Unit.NUMBER);
      case LATENCY -> Set.of(Unit.SECONDS);
      case JSON -> EnumSet.allOf(Unit.class);
    };
  }

  @Override
  public String words() {
    String part = pointer.isPresent() ? pointer.get() : what().name().toLowerCase(Locale.ROOT);
    return "%s of %s %s".formatted(part, method.orElse("GET"), address());
  }
}
