package dev.faultline.environment.postgres;

import dev.faultline.environment.database.AtRest;
import dev.faultline.environment.database.DatabasePlan;
import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.lives.Lives;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.environment.LabDatabase.Replication;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.Sighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A database as its file describes it, with its place and ports.
 *
 * @param name what the file calls it
 * @param folder where it keeps everything
 * @param ports of each node
 */
public record PairPlan(String name, Postgres spec, Path folder, List<NodePorts> ports)
    implements DatabasePlan {

  /** The role that owns the database. */
  static final String USER = "app";

  /**
   * Where a node is reached.
   *
   * @param server by the controller of its life alone
   * @param door by clients and checks
   * @param replication by the node that follows it
   */
  public record NodePorts(int server, int door, int replication) {}

  /** Keeps the ports unchangeable. */
  public PairPlan {
    ports = List.copyOf(ports);
  }

  /**
   * The plan with the ports that were chosen.
   *
   * @param port the port of each name in {@link #portNames}
   */
  public static PairPlan of(String name, Postgres spec, Path folder, ToIntFunction<String> port) {
    List<NodePorts> ports =
        nodes(name, spec).stream()
            .map(
                node ->
                    new NodePorts(
                        port.applyAsInt(node + ".server"),
                        port.applyAsInt(node + ".door"),
                        port.applyAsInt(node + ".replication")))
            .toList();
    return new PairPlan(name, spec, folder, ports);
  }

  /** The ports that it needs, by names of its own. */
  public static List<String> portNames(String name, Postgres spec) {
    return nodes(name, spec).stream()
        .flatMap(node -> Stream.of("server", "door", "replication").map(port -> node + "." + port))
        .toList();
  }

  /** What targets may name of its processes, while none of them runs. */
  public static List<ProcessInstance> atRest(String name, Postgres spec) {
    List<ProcessInstance> processes = new ArrayList<>();
    for (String node : nodes(name, spec)) {
      processes.add(
          new AtRest(name)
              .process(
                  node,
                  spec.standsBy()
                      ? Optional.of("the failover controller rebuilds it as standby")
                      : Optional.empty()));
    }
    if (spec.standsBy()) {
      processes.add(
          new AtRest(name).process(walsender(name), Optional.of("the standby connects again")));
    }
    return List.copyOf(processes);
  }

  /** How its nodes stand while it does not run. */
  public static DatabaseState down(String name, Postgres spec) {
    return new AtRest(name).state(nodes(name, spec));
  }

  /** What it is while it does not run. */
  public static DatabaseInstance atRest(String name) {
    return new AtRest(name)
        .instance(Set.of(FailoverKind.CRASH, FailoverKind.SWITCHOVER, FailoverKind.PARTITION));
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        name + ".jdbc", jdbc(),
        name + ".user", USER,
        name + ".passwordFile", passwordFile().toString());
  }

  @Override
  public StartedDatabase build(Path cache, Lives lives, Consumer<Sighting> sightings) {
    return new PostgresPair(this, cache, lives, sightings);
  }

  static String walsender(String name) {
    return name + "-walsender";
  }

  List<String> nodes() {
    return nodes(name, spec);
  }

  List<Integer> doors() {
    return ports.stream().map(NodePorts::door).toList();
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  /** Quoted nowhere, hence without the hyphens of its name. */
  String database() {
    return name.replace('-', '_');
  }

  boolean isSynchronous() {
    return spec.standsBy() && spec.acknowledges() != Replication.ASYNCHRONOUS;
  }

  String synchronousCommit() {
    return spec.acknowledges() == Replication.REMOTE_APPLY ? "remote_apply" : "on";
  }

  Duration replicationDelay() {
    return spec.replicationDelay().orElse(Duration.ZERO);
  }

  /** The settings of its own parts, as its file would write them. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (spec.standsBy()) {
      settings.put("controller.interval", words(spec.watchedBy().every()));
      settings.put("controller.missed", Integer.toString(spec.watchedBy().patience()));
      settings.put("controller.promoteWithin", words(spec.watchedBy().bound()));
      settings.put("controller.fencing", spec.watchedBy().fences() ? "kill" : "none");
      settings.put("replicationDelay", words(replicationDelay()));
    }
    return settings;
  }

  private String jdbc() {
    List<String> parameters = new ArrayList<>();
    parameters.add("targetServerType=primary");
    // A node that was no primary a moment ago may be one now.
    parameters.add("hostRecheckSeconds=0");
    parameters.add("sslmode=disable");
    parameters.add("connectTimeout=1");
    // A node that is cut off never answers; a commit waits for the standby twice the delay.
    parameters.add("socketTimeout=" + (2 + 2 * replicationDelay().plusMillis(999).toSeconds()));
    return Access.url(doors(), database()) + "?" + String.join("&", parameters);
  }

  private static List<String> nodes(String name, Postgres spec) {
    return IntStream.rangeClosed(1, spec.standsBy() ? 2 : 1).mapToObj(i -> name + "-" + i).toList();
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
