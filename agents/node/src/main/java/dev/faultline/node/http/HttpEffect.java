package dev.faultline.node.http;

import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to an exchange. Each checks its parameters: {@link IllegalArgumentException}. */
public sealed interface HttpEffect {

  /**
   * The relay answers, and the server never sees the request.
   *
   * @param status 200 to 599
   * @param body in UTF-8, sent as {@code text/plain}; none when empty
   */
  record Abort(int status, Optional<String> body) implements HttpEffect {
    public Abort {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status %d is not in 200 to 599".formatted(status));
      }
      if (body.isPresent() && (status == 204 || status == 304)) {
        throw new IllegalArgumentException("an answer %d has no body".formatted(status));
      }
    }
  }

  /**
   * The request is passed on later, by between {@code delay - jitter} and {@code delay + jitter}.
   */
  record Delay(Duration delay, Duration jitter) implements HttpEffect {
    private static final Duration LONGEST = Duration.ofDays(1);

    public Delay {
      if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("delay %s is not between 0 and a day".formatted(delay));
      }
      if (jitter.isNegative() || jitter.compareTo(delay) > 0) {
        throw new IllegalArgumentException(
            "jitter %s is not between 0 and the delay, %s".formatted(jitter, delay));
      }
    }
  }

  /**
   * The answer has another body, in UTF-8.
   *
   * @param contentType as it was when empty
   */
  record ReplaceBody(String body, Optional<String> contentType) implements HttpEffect {
    public ReplaceBody {
      contentType.ifPresent(value -> checkValue("content-type", value));
    }
  }

  /**
   * The answer's JSON body is changed.
   *
   * @param mergePatch a JSON text as in RFC 7396: what it gives replaces, {@code null} removes
   */
  record PatchBody(String mergePatch) implements HttpEffect {
    public PatchBody {
      try {
        Json.parse(mergePatch);
      } catch (NotJson wrong) {
        throw new IllegalArgumentException("the patch is " + wrong.getMessage(), wrong);
      }
    }
  }

  /** The answer has other headers: first some are removed, then others set. Names in any case. */
  record Headers(Map<String, String> set, List<String> remove) implements HttpEffect {
    public Headers {
      set = Map.copyOf(set);
      remove = List.copyOf(remove);
      set.forEach(HttpEffect::checkValue);
      set.keySet().forEach(HttpEffect::checkName);
      remove.forEach(HttpEffect::checkName);
      if (set.isEmpty() && remove.isEmpty()) {
        throw new IllegalArgumentException("no header to set or to remove");
      }
    }
  }

  /**
   * A gRPC call ends with this status, and the server never sees it.
   *
   * @param code 0 to 16, as gRPC numbers them
   */
  record GrpcStatus(int code, String message) implements HttpEffect {
    public GrpcStatus {
      if (code < 0 || code > 16) {
        throw new IllegalArgumentException("gRPC status %d is not in 0 to 16".formatted(code));
      }
    }
  }

  /** Whether the relay answers itself. */
  default boolean answers() {
    return switch (this) {
      case Abort _, GrpcStatus _ -> true;
      case Delay _, ReplaceBody _, PatchBody _, Headers _ -> false;
    };
  }

  /** Whether it can happen beside an answer by the relay. */
  default boolean needsNoOtherAnswer() {
    return switch (this) {
      case Delay _, Headers _ -> true;
      case Abort _, GrpcStatus _, ReplaceBody _, PatchBody _ -> false;
    };
  }

  private static void checkName(String name) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new IllegalArgumentException("\"%s\" is not a name of a header".formatted(name));
    }
    Set<String> framing =
        Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    if (framing.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "%s says where the answer ends, and cannot be changed".formatted(name));
    }
  }

  private static void checkValue(String name, String value) {
    boolean clean = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    if (!clean || !value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "the value of %s has what a header cannot carry: only ASCII, no line ends, no blanks around it"
              .formatted(name));
    }
  }
}
