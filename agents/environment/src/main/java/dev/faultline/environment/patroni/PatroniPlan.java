package dev.faultline.environment.patroni;

import dev.faultline.environment.database.AtRest;
import dev.faultline.environment.database.DatabasePlan;
import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.postgres.Access;
import dev.faultline.model.environment.LabDatabase.Patroni;
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
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A cluster as its file describes it, with its place and ports.
 *
 * @param name what the file calls it
 * @param folder where it keeps everything
 * @param nodes the ports of each node
 * @param etcd where its etcd listens for clients
 * @param etcdPeer where its etcd would listen for others of its kind
 */
public record PatroniPlan(
    String name, Patroni spec, Path folder, List<NodePorts> nodes, int etcd, int etcdPeer)
    implements DatabasePlan {

  /** The role that owns the database. */
  static final String USER = "app";

  private static final List<String> PORTS = List.of("server", "api", "door", "apiDoor", "etcdDoor");

  /**
   * Where a node is reached, and how it reaches etcd.
   *
   * @param node its name
   * @param server its PostgreSQL itself
   * @param api its agent itself
   * @param door its PostgreSQL, for clients and other nodes
   * @param apiDoor its agent, for other nodes
   * @param etcdDoor etcd, for this node alone
   */
  public record NodePorts(String node, int server, int api, int door, int apiDoor, int etcdDoor) {}

  /** Keeps the ports unchangeable. */
  public PatroniPlan {
    nodes = List.copyOf(nodes);
  }

  /**
   * The plan with the ports that were chosen.
   *
   * @param port the port of each name in {@link #portNames}
   */
  public static PatroniPlan of(String name, Patroni spec, Path folder, ToIntFunction<String> port) {
    List<NodePorts> nodes =
        nodes(name, spec).stream()
            .map(
                node ->
                    new NodePorts(
                        node,
                        port.applyAsInt(node + ".server"),
                        port.applyAsInt(node + ".api"),
                        port.applyAsInt(node + ".door"),
                        port.applyAsInt(node + ".apiDoor"),
                        port.applyAsInt(node + ".etcdDoor")))
            .toList();
    return new PatroniPlan(
        name,
        spec,
        folder,
        nodes,
        port.applyAsInt(name + ".etcd"),
        port.applyAsInt(name + ".peer"));
  }

  /** The ports that it needs, by names of its own. */
  public static List<String> portNames(String name, Patroni spec) {
    List<String> names = new ArrayList<>(List.of(name + ".etcd", name + ".peer"));
    nodes(name, spec).forEach(node -> PORTS.forEach(port -> names.add(node + "." + port)));
    return names;
  }

  /** What targets may call its processes, while none of them runs. */
  public static List<ProcessInstance> atRest(String name, Patroni spec) {
    AtRest rest = new AtRest(name);
    List<ProcessInstance> processes = new ArrayList<>();
    for (String node : nodes(name, spec)) {
      processes.add(rest.process(node, Optional.of("its Patroni agent")));
      processes.add(rest.process(agent(node), Optional.of("the lab, when another node leads")));
    }
    processes.add(rest.process(etcd(name), Optional.empty()));
    return processes;
  }

  /** How its nodes stand while it does not run. */
  public static DatabaseState down(String name, Patroni spec) {
    return new AtRest(name).state(nodes(name, spec));
  }

  /** What it is while it does not run. */
  public static DatabaseInstance atRest(String name) {
    return new AtRest(name).instance(Set.of(FailoverKind.values()));
  }

  @Override
  public StartedDatabase build(Path cache, Lives lives, Consumer<Sighting> sightings) {
    return new PatroniCluster(this, cache, lives, sightings);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        name + ".jdbc", jdbc(),
        name + ".user", USER,
        name + ".passwordFile", passwordFile().toString());
  }

  /** The name of the process of a node that watches over its server. */
  static String agent(String node) {
    return node + "-agent";
  }

  /** The name of the process of etcd. */
  static String etcd(String name) {
    return name + "-etcd";
  }

  List<Integer> doors() {
    return nodes.stream().map(NodePorts::door).toList();
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  /** Quoted nowhere, hence without the hyphens of its name. */
  String database() {
    return name.replace('-', '_');
  }

  boolean isSynchronous() {
    return spec.synchronous().orElse(false);
  }

  /** How long the lock of a leader lives without renewal. */
  Duration ttl() {
    return spec.ttl().orElse(Duration.ofSeconds(30));
  }

  private String jdbc() {
    return Access.url(doors(), database())
        + "?targetServerType=primary&hostRecheckSeconds=0&sslmode=disable"
        + "&connectTimeout=1&socketTimeout=2";
  }

  private static List<String> nodes(String name, Patroni spec) {
    return IntStream.rangeClosed(1, spec.size()).mapToObj(i -> name + "-" + i).toList();
  }
}
