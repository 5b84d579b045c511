package dev.faultline.serve;

import dev.faultline.serve.door.Safety;
import dev.faultline.serve.live.Source;
import java.util.Map;
import java.util.function.Supplier;

/** What a request is answered with. */
sealed interface Answer {

  /**
   * All of it at once.
   *
   * @param status of HTTP
   * @param type of the content
   * @param body the content
   * @param policy what the page may do
   * @param headers more of them, or others than usual
   */
  record Whole(int status, String type, String body, String policy, Map<String, String> headers)
      implements Answer {

    /** Keeps the headers unchangeable. */
    public Whole {
      headers = Map.copyOf(headers);
    }

    static Whole page(int status, String html) {
      return new Whole(status, "text/html; charset=utf-8", html, Safety.PAGES, Map.of());
    }

    Whole with(String header, String value) {
      return new Whole(status, type, body, policy, Map.of(header, value));
    }
  }

  /**
   * A stream of what changes.
   *
   * @param page names what is streamed
   * @param source where it comes from
   */
  record Live(String page, Supplier<Source> source) implements Answer {}
}
