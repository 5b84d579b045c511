package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Sticky;
import dev.faultline.node.CommandSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Two servers of a backend of HAProxy, by its runtime API: weights change without a reload, and
 * without a lost request. Each command has 2 s, an answer 1 MiB. Thread-safe.
 *
 * @param socket the Unix socket of the API, with {@code level admin}
 * @param backend the backend that holds both
 * @param stable the server of the version that serves
 * @param canary the server of the new version
 * @param list what HAProxy calls the list of what requests have that go to the canary in any case;
 *     empty where it has none
 */
public record HaproxyRuntime(
    Path socket, String backend, String stable, String canary, Optional<String> list) {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int LARGEST = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
  private static final Pattern LIST = Pattern.compile("[A-Za-z0-9_./:@-]{1,4096}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.~:/+=@%-]{1,200}");
  private static final Set<String> HASHES = Set.of("hdr", "hash");
  private static final int TYPE_OF_FILE = 0170000;
  private static final int SOCKET = 0140000;

  /**
   * Takes only what HAProxy takes as names: nothing in them can become another command.
   *
   * @throws IllegalArgumentException when one is no name, or both servers are one
   */
  public HaproxyRuntime {
    for (String name : List.of(backend, stable, canary)) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "no name in HAProxy: '%s'".formatted(name.replaceAll("[^ -~]", "?")));
      }
    }
    if (stable.equals(canary)) {
      throw new IllegalArgumentException("both versions are the server '%s'".formatted(stable));
    }
    if (list.isPresent() && !LIST.matcher(list.get()).matches()) {
      throw new IllegalArgumentException("no name of a list in HAProxy: " + list.get());
    }
  }

  /** A backend without a list. */
  public HaproxyRuntime(Path socket, String backend, String stable, String canary) {
    this(socket, backend, stable, canary, Optional.empty());
  }

  /**
   * The commands that split requests by these weights alone, in an order in which no moment has
   * nobody to serve: whoever gets weight comes first.
   */
  public List<String> commands(Weights weights) {
    List<String> commands = new ArrayList<>(set(weights));
    list.ifPresent(name -> commands.add("clear acl " + name));
    return commands;
  }

  private List<String> set(Weights weights) {
    String first = command(stable, weights.stable());
    String second = command(canary, weights.canary());
    return weights.stable() > 0 ? List.of(first, second) : List.of(second, first);
  }

  /**
   * Sets both weights, and what requests have that go to the canary in any case. What stays in the
   * list is in it all the time.
   *
   * @param matched as many values as there is need for; none where there is no list
   * @throws RouterTrouble when it is not done; then a part of it may have been
   */
  public void set(Weights weights, List<String> matched) throws RouterTrouble {
    if (matched.isEmpty()) {
      say(commands(weights));
      return;
    }
    String name =
        list.orElseThrow(() -> new IllegalArgumentException("no list to match requests by"));
    List<String> commands = new ArrayList<>(set(weights));
    List<String> now = matched();
    matched.stream()
        .filter(value -> !now.contains(value))
        .map(value -> "add acl %s %s".formatted(name, plain(value)))
        .forEach(commands::add);
    now.stream()
        .filter(value -> !matched.contains(value))
        .map(value -> "del acl %s %s".formatted(name, plain(value)))
        .forEach(commands::add);
    say(commands);
  }

  private static String plain(String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "no value for a list of HAProxy: '%s'".formatted(value.replaceAll("[^ -~]", "?")));
    }
    return value;
  }

  private void say(List<String> commands) throws RouterTrouble {
    for (String command : commands) {
      String answer = ask(command).strip();
      if (!answer.isEmpty()) {
        throw refused(answer);
      }
    }
  }

  /**
   * The values in the list.
   *
   * @throws RouterTrouble when it cannot be read
   */
  public List<String> matched() throws RouterTrouble {
    if (list.isEmpty()) {
      return List.of();
    }
    String answer = ask("show acl " + list.get()).strip();
    List<String> values = new ArrayList<>();
    for (String line : answer.lines().filter(one -> !one.isBlank()).toList()) {
      // Where it is in memory, and the value.
      if (!line.startsWith("0x")) {
        throw refused(line);
      }
      values.add(line.substring(line.indexOf(' ') + 1).strip());
    }
    return values.stream().distinct().toList();
  }

  /**
   * How both are now.
   *
   * @throws RouterTrouble when they cannot be read, or share the traffic with others
   */
  public BackendReading read() throws RouterTrouble {
    List<ServerState> states = ServerState.of(ask("show servers state " + backend), backend);
    if (states.isEmpty()) {
      throw noBackend();
    }
    // Of all backends: by its name alone, a frontend of the same name would be told instead.
    Statistics statistics = new Statistics(ask("show stat -1 4 -1"));
    ServerReading first = reading(states, statistics, stable);
    ServerReading second = reading(states, statistics, canary);
    requireNoOthers(states, statistics);
    return new BackendReading(first, second);
  }

  /**
   * Requires that the backend chooses by a hash of a header, or of another part of a request.
   *
   * @param sticky by what users are to be known, for the words of a refusal
   * @throws RouterTrouble when it chooses otherwise, or cannot be read
   */
  public void requireHash(Sticky sticky) throws RouterTrouble {
    String algorithm =
        new Statistics(ask("show stat -1 2 -1"))
            .row(backend, "BACKEND")
            .map(row -> row.text("algo"))
            .orElse("");
    if (!HASHES.contains(algorithm)) {
      throw new RouterTrouble(
          Kind.NOT_STICKY,
          "backend '%s' chooses by '%s', and not by a hash of %s: give it 'balance %s' and 'hash-type consistent'"
              .formatted(backend, algorithm, sticky.words(), balance(sticky)));
    }
  }

  private static String balance(Sticky sticky) {
    return sticky
        .header()
        .map("hdr(%s)"::formatted)
        .orElseGet(() -> "hash req.cook(%s)".formatted(sticky.cookie().orElse("")));
  }

  private ServerReading reading(List<ServerState> states, Statistics statistics, String server)
      throws RouterTrouble {
    ServerState state =
        states.stream()
            .filter(is -> is.name().equals(server))
            .findFirst()
            .orElseThrow(() -> noServer(states));
    Statistics.Row row =
        statistics
            .row(backend, server)
            .orElseThrow(() -> unclear("no statistics of %s/%s".formatted(backend, server)));
    return new ServerReading(
        server,
        state.weight(),
        (int) row.number("weight"),
        row.text("status"),
        state.serves(),
        row.number("stot"),
        row.number("hrsp_5xx"),
        row.number("econ") + row.number("eresp"));
  }

  private void requireNoOthers(List<ServerState> states, Statistics statistics)
      throws RouterTrouble {
    List<String> others =
        states.stream()
            .filter(server -> server.serves() && server.weight() > 0)
            .map(ServerState::name)
            .filter(name -> !name.equals(stable) && !name.equals(canary))
            // A backup server has its turn only when all others are down.
            .filter(name -> statistics.row(backend, name).map(this::isActive).orElse(true))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      throw new RouterTrouble(
          Kind.OTHERS_SERVE,
          "backend '%s' gives traffic to %s too; give %s and %s a backend of their own"
              .formatted(backend, String.join(", ", others), stable, canary));
    }
  }

  private boolean isActive(Statistics.Row server) {
    return server.number("act") > 0;
  }

  private String command(String server, int weight) {
    return "set server %s/%s weight %d".formatted(backend, server, weight);
  }

  private String ask(String command) throws RouterTrouble {
    try {
      return new CommandSocket(socket, TIMEOUT, LARGEST).ask(command);
    } catch (SocketTimeoutException slow) {
      throw new RouterTrouble(
          Kind.SILENT, "HAProxy at %s gives no answer within 2 s".formatted(socket));
    } catch (IOException failure) {
      throw trouble(failure);
    }
  }

  private RouterTrouble trouble(IOException failure) {
    String why = String.valueOf(failure.getMessage());
    if (why.contains("Permission denied")) {
      return new RouterTrouble(
          Kind.DENIED,
          "this user may not use the socket %s: give 'stats socket' a user, group or mode that lets it"
              .formatted(socket));
    }
    if (Files.notExists(socket)) {
      return new RouterTrouble(
          Kind.ABSENT,
          "there is no socket %s: is HAProxy running, with 'stats socket %s level admin'?"
              .formatted(socket, socket));
    }
    if (!isSocket()) {
      return new RouterTrouble(Kind.NOT_A_SOCKET, socket + " is not a socket");
    }
    return why.contains("Connection refused")
        ? new RouterTrouble(
            Kind.NOBODY, "nobody listens at %s: HAProxy has ended".formatted(socket))
        : unclear(why);
  }

  private boolean isSocket() {
    try {
      return ((int) Files.getAttribute(socket, "unix:mode") & TYPE_OF_FILE) == SOCKET;
    } catch (IOException hidden) {
      return Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private RouterTrouble refused(String answer) {
    String words = answer.toLowerCase(Locale.ROOT);
    if (words.startsWith("permission denied")) {
      return new RouterTrouble(
          Kind.NOT_ADMIN,
          "HAProxy lets %s only look: give its 'stats socket' the 'level admin'".formatted(socket));
    }
    if (words.startsWith("no such backend")) {
      return noBackend();
    }
    if (words.startsWith("no such server")) {
      return new RouterTrouble(
          Kind.NO_SERVER,
          "HAProxy has no backend '%s' with servers '%s' and '%s'"
              .formatted(backend, stable, canary));
    }
    if (words.startsWith("unknown acl identifier")) {
      return new RouterTrouble(
          Kind.NO_LIST,
          "HAProxy has no list '%s': give backend '%s' a line like 'use-server %s if { req.hdr(x-user-type) -f %s }'"
              .formatted(list.orElse(""), backend, canary, list.orElse("")));
    }
    if (words.contains("static lb algorithm")) {
      return new RouterTrouble(
          Kind.FIXED_WEIGHTS,
          "the weights of backend '%s' are fixed by its algorithm: give it 'balance roundrobin', or 'hash-type consistent'"
              .formatted(backend));
    }
    return unclear(answer);
  }

  private RouterTrouble noBackend() {
    return new RouterTrouble(
        Kind.NO_BACKEND, "HAProxy has no backend '%s' with servers".formatted(backend));
  }

  private RouterTrouble noServer(List<ServerState> states) {
    return new RouterTrouble(
        Kind.NO_SERVER,
        "backend '%s' must have the servers '%s' and '%s'; it has %s"
            .formatted(
                backend,
                stable,
                canary,
                String.join(", ", states.stream().map(ServerState::name).sorted().toList())));
  }

  private RouterTrouble unclear(String why) {
    String line = why.strip().replaceAll("\\p{Cntrl}+", " ");
    return new RouterTrouble(
        Kind.UNCLEAR,
        "HAProxy at %s: %s".formatted(socket, line.substring(0, Math.min(line.length(), 200))));
  }
}
