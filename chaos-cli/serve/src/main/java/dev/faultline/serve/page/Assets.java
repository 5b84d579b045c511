package dev.faultline.serve.page;

import dev.faultline.reports.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Style and script of all pages. Their addresses change with their content, so that browsers may
 * keep them.
 *
 * @param type of its content
 * @param content as text
 */
public record Assets(String type, String content) {

  private static final String STYLE = HtmlReport.style() + resource("serve.css");
  private static final String SCRIPT = resource("serve.js");
  private static final String ICON = resource("icon.svg");

  /** Where each is, by its name. */
  static final Map<String, String> PATHS =
      Map.of("style", path(STYLE, "css"), "script", path(SCRIPT, "js"), "icon", path(ICON, "svg"));

  /** What is at a path. */
  public static Optional<Assets> at(String path) {
    if (path.equals(PATHS.get("style"))) {
      return Optional.of(new Assets("text/css; charset=utf-8", STYLE));
    }
    if (path.equals(PATHS.get("script"))) {
      return Optional.of(new Assets("text/javascript; charset=utf-8", SCRIPT));
    }
    return path.equals(PATHS.get("icon"))
        ? Optional.of(new Assets("image/svg+xml", ICON))
        : Optional.empty();
  }

  private static String path(String content, String kind) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "/assets/%s.%s".formatted(HexFormat.of().formatHex(digest, 0, 8), kind);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream file = Objects.requireNonNull(Assets.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(name + " cannot be read from the class path", broken);
    }
  }
}
