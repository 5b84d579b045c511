package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.ExchangeEffect;
import dev.faultline.model.world.ExchangeMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exchanges of HTTP are answered by the relay, delayed or changed; several of these stand together
 * where that makes sense.
 *
 * @param match which ones; all when absent
 * @param abort the status that the relay answers; the server never sees the request
 * @param delay how much later the request is passed on, or answered
 * @param jitter how far the delay strays, evenly; not at all when absent
 * @param body what becomes of the body of the answer
 * @param headers what becomes of the headers of the answer
 * @param grpc the status of gRPC that the relay answers, such as {@code UNAVAILABLE}
 */
public record Http(
    Optional<ExchangeMatch> match,
    Optional<Integer> abort,
    Optional<Duration> delay,
    Optional<Duration> jitter,
    Optional<Body> body,
    Optional<Headers> headers,
    Optional<String> grpc)
    implements NetworkFault {

  private static final List<String> GRPC =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  /** Refuses a fault that does nothing, and effects that exclude each other. */
  public Http {
    if (abort.isEmpty()
        && delay.isEmpty()
        && body.isEmpty()
        && headers.isEmpty()
        && grpc.isEmpty()) {
      throw new InvalidValue(
          "this would do nothing; add abort, delay, body, headers or grpc, such as 'abort: 503'");
    }
    if (abort.isPresent() && (abort.get() < 200 || abort.get() > 599)) {
      throw new InvalidValue("abort", "'abort' is a status of HTTP, from 200 to 599");
    }
    delay.ifPresent(time -> Parameters.positive("delay", time));
    if (jitter.isPresent() && (delay.isEmpty() || jitter.get().compareTo(delay.get()) > 0)) {
      throw new InvalidValue("jitter", "'jitter' strays around 'delay', and is at most that");
    }
    if (grpc.isPresent() && !GRPC.contains(grpc.get())) {
      throw new InvalidValue("grpc", Words.unknown("status of gRPC", grpc.get(), GRPC));
    }
    if (grpc.isPresent() && (abort.isPresent() || body.isPresent())) {
      throw new InvalidValue(
          abort.isPresent() ? "abort" : "body",
          "'grpc' is the whole answer; remove this, or 'grpc'");
    }
    if (abort.isPresent() && body.flatMap(Body::patch).isPresent()) {
      throw new InvalidValue(
          "body/patch", "with 'abort' there is no answer of the server to patch; use 'replace'");
    }
  }

  /**
   * What becomes of the body of an answer.
   *
   * @param replace another body
   * @param patch a JSON object: what it gives replaces, {@code null} removes
   */
  public record Body(Optional<String> replace, Optional<String> patch) {
    /** Requires one of the two. */
    public Body {
      if (replace.isPresent() == patch.isPresent()) {
        throw new InvalidValue("give either 'replace' or 'patch'");
      }
      if (patch.isPresent() && !patch.get().strip().startsWith("{")) {
        throw new InvalidValue("patch", "'patch' is a JSON object as a text, such as '{\"a\": 1}'");
      }
    }
  }

  /**
   * What becomes of the headers of an answer.
   *
   * @param set values by name
   * @param remove names
   */
  public record Headers(Map<String, String> set, List<String> remove) {
    /** Requires a header. */
    public Headers {
      set = Map.copyOf(set);
      remove = List.copyOf(remove);
      if (set.isEmpty() && remove.isEmpty()) {
        throw new InvalidValue("give headers to 'set' or to 'remove'");
      }
      set.keySet().forEach(name -> check("set/" + name, name));
      for (int i = 0; i < remove.size(); i++) {
        check("remove/" + i, remove.get(i));
      }
    }

    private static void check(String field, String name) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
          || name.matches(
              "(?i)connection|content-length|keep-alive|te|trailer|transfer-encoding|upgrade")) {
        throw new InvalidValue(
            field,
            "'%s' is no header that can be changed: not a name, or it says where the answer ends"
                .formatted(name));
      }
    }
  }

  @Override
  public Disturbance disturbance() {
    List<ExchangeEffect> effects = new ArrayList<>();
    delay.ifPresent(
        time -> effects.add(new ExchangeEffect.Delay(time, jitter.orElse(Duration.ZERO))));
    abort.ifPresent(
        status -> effects.add(new ExchangeEffect.Abort(status, body.flatMap(Body::replace))));
    grpc.ifPresent(name -> effects.add(new ExchangeEffect.Grpc(GRPC.indexOf(name), name)));
    if (abort.isEmpty()) {
      body.flatMap(Body::replace)
          .ifPresent(text -> effects.add(new ExchangeEffect.ReplaceBody(text)));
      body.flatMap(Body::patch)
          .ifPresent(patch -> effects.add(new ExchangeEffect.PatchBody(patch)));
    }
    headers.ifPresent(
        change -> effects.add(new ExchangeEffect.Headers(change.set(), change.remove())));
    return new Disturbance.Http(match.orElse(ExchangeMatch.ALL), effects);
  }

  @Override
  public boolean directed() {
    return false;
  }

  /** Several may be in force at once, each for requests of its own. */
  @Override
  public boolean contradicts(NetworkFault other) {
    return other instanceof Http http && http.match.equals(match);
  }
}
