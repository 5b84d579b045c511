package dev.faultline.model.world;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What happens to an exchange of HTTP. */
public sealed interface ExchangeEffect {

  /** The effect in words, such as {@code answered 503}. */
  String words();

  /** The relay answers, and the server never sees the request. */
  record Abort(int status, Optional<String> body) implements ExchangeEffect {
    @Override
    public String words() {
      return "answered " + status;
    }
  }

  /** The request is passed on later. */
  record Delay(Duration delay, Duration jitter) implements ExchangeEffect {
    @Override
    public String words() {
      return "delayed %s%s"
          .formatted(Spelled.asked(delay), jitter.isZero() ? "" : " ± " + Spelled.asked(jitter));
    }
  }

  /** The answer has another body. */
  record ReplaceBody(String body) implements ExchangeEffect {
    @Override
    public String words() {
      return "with another body";
    }
  }

  /** The JSON of the answer is changed as RFC 7396 says. */
  record PatchBody(String patch) implements ExchangeEffect {
    @Override
    public String words() {
      return "with its JSON patched";
    }
  }

  /** The answer has other headers: first some are removed, then others set. */
  record Headers(Map<String, String> set, List<String> remove) implements ExchangeEffect {
    /** Keeps both unchangeable. */
    public Headers {
      set = Map.copyOf(set);
      remove = List.copyOf(remove);
    }

    @Override
    public String words() {
      return "with other headers (%s)"
          .formatted(
              String.join(
                  ", ",
                  Stream.concat(
                          remove.stream().map("no "::concat), new TreeMap<>(set).keySet().stream())
                      .toList()));
    }
  }

  /** A gRPC call ends with this status, and the server never sees it. */
  record Grpc(int code, String name) implements ExchangeEffect {
    @Override
    public String words() {
      return "answered " + name;
    }
  }
}
