package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.ExitWords;
import dev.faultline.environment.lives.Log;
import dev.faultline.environment.postgres.NodeFailure;
import dev.faultline.environment.postgres.ServerProcesses;
import dev.faultline.environment.postgres.SharedSegment;
import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ChildStartException;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One node: an agent of Patroni and the server that it starts. Thread-safe. */
final class PatroniNode implements NodeKeeper.Kept {

  private static final Duration ENDED_WITHIN = Duration.ofSeconds(5);

  private final String name;
  private final PatroniMeans means;
  private final Path home;
  private volatile Optional<Child> agent = Optional.empty();

  /**
   * Nothing runs yet.
   *
   * @param name what people call it
   * @param home its folder, with its settings and its guard
   */
  PatroniNode(String name, PatroniMeans means, Path home) {
    this.name = name;
    this.means = means;
    this.home = home;
  }

  @Override
  public String name() {
    return name;
  }

  /** The file with the settings of its agent. */
  static Path settingsIn(Path home) {
    return home.resolve("patroni.yml");
  }

  /** Starts its agent, which starts its server. */
  @Override
  public synchronized void start() throws NodeFailure, InterruptedException {
    ServerGuard guard = new ServerGuard(home);
    List<String> words = new ArrayList<>(means.patroni().argv());
    words.add(settingsIn(home).toString());
    Map<String, String> environment = new HashMap<>(means.patroni().environment());
    environment.putAll(means.servers().environment());
    environment.putAll(guard.environment(means.servers().postgres()));
    environment.put("LC_ALL", "C.UTF-8");
    Append log = new Append(logFile());
    try {
      agent =
          Optional.of(
              means
                  .lives()
                  .start(
                      new ChildSpec(
                          means.user().command(guard.holding(words)),
                          environment,
                          home,
                          log,
                          log)));
    } catch (ChildStartException failure) {
      throw new NodeFailure(
          "%s cannot be started: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  /** Ends everything on it at once, as if its machine lost power. Content when it ended. */
  synchronized void kill() throws NodeFailure, InterruptedException {
    server().ifPresent(process -> process.signal(PosixSignal.STOP));
    if (agent.isPresent()) {
      Process process = agent.get().process();
      List<ProcessHandle> helpers;
      try (Stream<ProcessHandle> descendants = process.descendants()) {
        helpers = descendants.toList();
      }
      process.destroyForcibly();
      process.waitFor(ENDED_WITHIN);
      helpers.forEach(ProcessHandle::destroyForcibly);
      means.lives().clearAfter(agent.get());
    }
    killServer();
  }

  /** Ends its server at once; the agent lives on. Content when it ended. */
  synchronized void killServer() throws NodeFailure, InterruptedException {
    Optional<SharedSegment> segment = SharedSegment.of(data());
    if (!processes().kill(server())) {
      throw new NodeFailure("processes of %s survived being killed".formatted(name));
    }
    try {
      if (segment.isPresent()) {
        segment.get().remove();
      }
    } catch (IOException kept) {
      throw new NodeFailure("%s: %s".formatted(name, kept.getMessage()), kept);
    }
  }

  /** Whether its agent lives, frozen or not. */
  @Override
  public boolean isAlive() {
    return agent.map(child -> child.process().isAlive()).orElse(false);
  }

  boolean isServerAlive() {
    return server().isPresent();
  }

  /** Its agent, in its last life. */
  Optional<ProcessIdentity> agent() {
    return agent.map(Child::identity);
  }

  /** The first process of its server at this moment. */
  Optional<ProcessIdentity> server() {
    try (Stream<String> lines = Files.lines(data().resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .map(line -> Long.parseLong(line.strip()))
          .flatMap(ProcessIdentity::of)
          // The file outlives a server that was killed, and its number may be another's by now.
          .filter(processes()::has);
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  /**
   * Refuses a node whose agent has ended.
   *
   * @throws NodeFailure with the end of what it printed
   */
  void requireAgent() throws NodeFailure {
    if (!isAlive()) {
      throw new NodeFailure(
          "the agent of %s ended%s%s"
              .formatted(
                  name,
                  agent
                      .filter(child -> !child.process().isAlive())
                      .map(child -> " (%s)".formatted(ExitWords.of(child.process().exitValue())))
                      .orElse(""),
                  log().quoted()));
    }
  }

  /** What agent and server print. */
  Log log() {
    return new Log(logFile());
  }

  private Path logFile() {
    return home.resolve("log");
  }

  private Path data() {
    return home.resolve("data");
  }

  private ServerProcesses processes() {
    return new ServerProcesses(data());
  }
}
