package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.ExitWords;
import dev.faultline.environment.lives.Log;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One server of PostgreSQL, from life to life in the same folder at the same port. The methods that
 * change it are for one thread at a time; those that ask may be called from any.
 */
final class PostgresNode {

  /** The role that may do everything. */
  static final String SUPERUSER = "postgres";

  private static final Duration INITIALISED_WITHIN = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final Means means;
  private final Path home;
  private final int port;
  private final Access access;
  private volatile Optional<Child> life = Optional.empty();

  /**
   * Nothing is there yet.
   *
   * @param name what people call it
   * @param home an existing folder that is all its own
   * @param port where it will listen
   * @param access of its superuser, to the database {@code postgres}
   */
  PostgresNode(String name, Means means, Path home, int port, Access access) {
    this.name = name;
    this.means = means;
    this.home = home;
    this.port = port;
    this.access = access;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  DataFolder data() {
    return new DataFolder(home.resolve("data"));
  }

  /** What it prints. */
  Log log() {
    return new Log(logFile());
  }

  /** Makes an empty data folder, whose superuser has the password of the access. */
  void initialise() throws NodeFailure, InterruptedException {
    try {
      Path password =
          Files.createTempFile(
              home,
              "superuser",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(password, access.password());
        means.tools().run(means.user().command(initdb(password)), INITIALISED_WITHIN);
      } finally {
        Files.deleteIfExists(password);
      }
    } catch (IOException failure) {
      throw new NodeFailure(
          "%s cannot be initialised: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  private List<String> initdb(Path password) {
    return List.of(
        means.program().initdb().toString(),
        "--pgdata=" + data().path(),
        "--username=" + SUPERUSER,
        "--auth=scram-sha-256",
        "--pwfile=" + password,
        "--locale=C",
        "--encoding=UTF8",
        // All of it ends with the lab; what counts is written after the start.
        "--no-sync",
        "--no-instructions");
  }

  /**
   * Starts it.
   *
   * @param settings beside its own, such as {@code synchronous_commit=on}
   */
  void start(Map<String, String> settings) throws NodeFailure, InterruptedException {
    Append log = new Append(logFile());
    try {
      List<String> argv = server(settings);
      life =
          Optional.of(
              means
                  .lives()
                  .start(new ChildSpec(means.user().command(argv), Map.of(), home, log, log)));
    } catch (IOException failure) {
      throw new NodeFailure(
          "%s cannot be started: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  private List<String> server(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(ServerSettings.own(port));
    all.put("cluster_name", new ServerProcesses(data().path()).clusterName());
    all.putAll(settings);
    List<String> argv =
        new ArrayList<>(List.of(means.program().postgres().toString(), "-D", "" + data().path()));
    all.forEach((key, value) -> argv.addAll(List.of("-c", key + "=" + value)));
    return argv;
  }

  /** Waits until it answers a superuser; a standby too. */
  void awaitAnswer(Deadline deadline) throws NodeFailure, InterruptedException {
    while (true) {
      requireLife();
      try (Connection connection = connect(ANSWERS_WITHIN)) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException notYet) {
        if (deadline.isOver()) {
          throw new NodeFailure(
              "%s does not answer: %s%s".formatted(name, notYet.getMessage(), log().quoted()),
              notYet);
        }
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * Refuses a server that does not run.
   *
   * @throws NodeFailure with the end of what it printed
   */
  void requireLife() throws NodeFailure {
    if (!isAlive()) {
      throw new NodeFailure(
          "%s ended%s%s"
              .formatted(
                  name,
                  life.filter(child -> !child.process().isAlive())
                      .map(child -> " (%s)".formatted(ExitWords.of(child.process().exitValue())))
                      .orElse(""),
                  log().quoted()));
    }
  }

  /** A superuser's connection to the server itself, past whatever stands before it. */
  Connection connect(Duration patience) throws SQLException {
    return access.toServer(port, patience);
  }

  /** Ends it in order: all that it acknowledged has been sent to its standby when it ends. */
  void stop(Duration bound) throws NodeFailure, InterruptedException {
    Optional<Child> child = life;
    if (child.isEmpty()) {
      return;
    }
    child.get().identity().signal(PosixSignal.INT);
    if (!child.get().process().waitFor(bound)) {
      throw new NodeFailure(
          "%s did not stop within %s%s".formatted(name, Seconds.words(bound), log().quoted()));
    }
    means.lives().clearAfter(child.get());
  }

  /**
   * Ends it with all its processes at once, as if its machine lost power. Content when it ended.
   */
  void kill() throws NodeFailure, InterruptedException {
    boolean gone = new ServerProcesses(data().path()).kill(identity());
    life.ifPresent(means.lives()::clearAfter);
    if (!gone) {
      throw new NodeFailure("processes of %s survived being killed".formatted(name));
    }
    try {
      Optional<SharedSegment> segment = SharedSegment.of(data().path());
      if (segment.isPresent()) {
        segment.get().remove();
      }
      Files.deleteIfExists(data().path().resolve("postmaster.pid"));
    } catch (IOException kept) {
      throw new NodeFailure("%s: %s".formatted(name, kept.getMessage()), kept);
    }
  }

  /** Forgets on whom its commits waited. Only while it does not run. */
  void forgetSynchronous() throws NodeFailure {
    try {
      data().forgetSynchronous();
    } catch (IOException failure) {
      throw new NodeFailure("%s: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  boolean isAlive() {
    return state() != ProcessState.GONE;
  }

  ProcessState state() {
    return identity().map(ProcessIdentity::state).orElse(ProcessState.GONE);
  }

  /** Its first process, in its last life. */
  Optional<ProcessIdentity> identity() {
    return life.map(Child::identity);
  }

  /** The process that sends to a standby, at this moment. */
  Optional<ProcessIdentity> walsender() {
    return new ServerProcesses(data().path()).titled("walsender");
  }

  private Path logFile() {
    return home.resolve("log");
  }
}
