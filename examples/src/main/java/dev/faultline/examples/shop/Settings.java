package dev.faultline.examples.shop;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the environment variables; an absent or empty one has the default, a wrong one is named.
 */
record Settings(Map<String, String> environment) {
  private static final int HIGHEST_PORT = 65_535;

  int port(int orElse) throws BadSettingException {
    return number("PORT", orElse, HIGHEST_PORT);
  }

  Duration millis(String name, int orElse) throws BadSettingException {
    return Duration.ofMillis(number(name, orElse, 60_000));
  }

  /** The given path at the server that the variable names. */
  URL url(String name, String orElse, String path) throws BadSettingException {
    String text = text(name).orElse(orElse);
    try {
      URI server = new URI(text);
      if ("http".equals(server.getScheme()) && server.getHost() != null) {
        return server.resolve(path).toURL();
      }
    } catch (URISyntaxException | MalformedURLException e) {
      throw new BadSettingException("%s=%s: %s".formatted(name, text, e.getMessage()));
    }
    throw new BadSettingException("%s=%s: expected http://host:port".formatted(name, text));
  }

  Optional<Path> path(String name) {
    return text(name).map(Path::of);
  }

  /** One of two words, the first unless the other is given. */
  String choice(String name, String orElse, String other) throws BadSettingException {
    String text = text(name).orElse(orElse);
    if (text.equals(orElse) || text.equals(other)) {
      return text;
    }
    throw new BadSettingException("%s=%s: expected %s or %s".formatted(name, text, orElse, other));
  }

  /** How often something is done; never unless the variable says otherwise. */
  int times(String name, int highest) throws BadSettingException {
    return text(name).isPresent() ? number(name, 1, highest) : 0;
  }

  private int number(String name, int orElse, int highest) throws BadSettingException {
    String text = text(name).orElse(Integer.toString(orElse));
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadSettingException("%s=%s: expected a number".formatted(name, text));
    }
    throw new BadSettingException("%s=%s: expected 1 to %d".formatted(name, text, highest));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }
}
