package dev.faultline.model.route;

import dev.faultline.model.codec.InvalidValue;

/**
 * Two servers of a backend of HAProxy, whose weights are set through its runtime API: without a
 * reload, and without a lost request. Shares are in steps of 1/256.
 *
 * @param socket the Unix socket of the runtime API, with {@code level admin}; must be given
 * @param backend the backend that holds both servers, with an algorithm whose weights can change,
 *     such as roundrobin; must be given
 * @param stable its server of the version that serves; must be given
 * @param canary its server of the new version; must be given
 */
public record Haproxy(String socket, String backend, String stable, String canary)
    implements Route {

  /** Requires all four: names that are words of HAProxy, and no more than one. */
  public Haproxy {
    InvalidValue.required(socket, "socket");
    if (socket.isBlank() || socket.indexOf('\0') >= 0) {
      throw new InvalidValue("socket", "the path is empty");
    }
    backend = named(backend, "backend");
    stable = named(stable, "stable");
    canary = named(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same server; name two");
    }
  }

  private static String named(String name, String key) {
    InvalidValue.required(name, key);
    if (!name.matches("[A-Za-z0-9_.:-]{1,64}")) {
      throw new InvalidValue(
          key,
          "'%s' is no name in HAProxy: letters, digits, '-', '_', '.', ':', 64 in all"
              .formatted(name));
    }
    return name;
  }

  @Override
  public String words() {
    return "backend %s of HAProxy".formatted(backend);
  }

  @Override
  public String stableName() {
    return stable;
  }

  @Override
  public String canaryName() {
    return canary;
  }
}
