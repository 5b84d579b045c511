package dev.faultline.serve.door;

import java.util.Map;

/** Headers that tell a browser what a page may do. */
public final class Safety {

  /** What our own pages may do: their own style and script, and nothing of others. */
  public static final String PAGES =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Safety() {}

  /** The headers of every answer, with what its page may do. */
  public static Map<String, String> headers(String policy) {
    return Map.of(
        "Content-Security-Policy", policy,
        "X-Content-Type-Options", "nosniff",
        "Referrer-Policy", "no-referrer",
        "Cross-Origin-Opener-Policy", "same-origin",
        "Cross-Origin-Resource-Policy", "same-origin",
        "Permissions-Policy", "camera=(), microphone=(), geolocation=()",
        "Cache-Control", "no-store");
  }
}
