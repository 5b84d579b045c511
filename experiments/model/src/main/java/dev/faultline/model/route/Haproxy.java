package dev.faultline.model.route;

import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * Two servers of a backend of HAProxy, whose weights are set through its runtime API: without a
 * reload, and without a lost request. Shares are in steps of 1/256.
 *
 * @param socket the Unix socket of the runtime API, with {@code level admin}; must be given
 * @param backend the backend that holds both servers, with an algorithm whose weights can change,
 *     such as roundrobin; must be given
 * @param stable its server of the version that serves; must be given
 * @param canary its server of the new version; must be given
 * @param matched the list of what requests must have that go to the canary in any case; needed for
 *     steps with a {@code match}
 * @param sticky by what users are known who stay at the version that they met: by a hash of it,
 *     with {@code hash-type consistent}, the backend's algorithm chooses; requests are split one by
 *     one where it is not given
 */
public record Haproxy(
    String socket,
    String backend,
    String stable,
    String canary,
    Optional<MatchList> matched,
    Optional<Sticky> sticky)
    implements Route {

  /** Two servers whose requests are split by weight alone. */
  public Haproxy(String socket, String backend, String stable, String canary) {
    this(socket, backend, stable, canary, Optional.empty(), Optional.empty());
  }

  /** Requires all but the last two: names that are words of HAProxy, and no more than one. */
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
  public Optional<String> unfit(Match match) {
    return matched
        .map(list -> list.unfit(match))
        .orElseGet(
            () ->
                Optional.of(
                    "requests to %s are split by weight alone; name the list that your configuration looks them up in, as matched: {header: x-user-type, file: /etc/haproxy/canary.lst}"
                        .formatted(words())));
  }

  @Override
  public boolean splitsUsers() {
    return sticky.isPresent();
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
