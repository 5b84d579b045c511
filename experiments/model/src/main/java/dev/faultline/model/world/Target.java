package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * What a fault disturbs: things of one kind, and how many of them.
 *
 * @param what which things; empty where {@code host}, {@code node} or {@code zone} stands alone
 * @param host machines of the environment, on which the others are looked for; alone, these
 *     machines themselves
 * @param node nodes of a Kubernetes cluster, on which pods are looked for; alone, these nodes
 *     themselves
 * @param zone a zone of the cluster ({@code topology.kubernetes.io/zone}): its nodes, or the pods
 *     on them
 * @param count how many of the things found, at least 1; all when neither count nor percent is
 *     given
 * @param percent which share of the things found, rounded up; above 0% and at most 100%
 * @param pick which ones; {@code first} when absent
 * @param follow whether pods of a cluster that take the place of others while the fault lasts are
 *     disturbed in their place; {@code false} when absent
 */
public record Target(
    @OneOf Optional<Selector> what,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> host,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> node,
    Optional<String> zone,
    Optional<Integer> count,
    Optional<Quantity> percent,
    Optional<Pick> pick,
    Optional<Boolean> follow) {

  private static final List<String> FIXED =
      List.of("process", "database", "netns", "link", "configMap", "node");

  /** The order in which things are chosen when not all are. */
  public enum Pick {
    /** By name. */
    FIRST,
    /** By the run's seed. */
    RANDOM,
    /** By age, the oldest first; of what is in a Kubernetes cluster. */
    OLDEST,
    /** By age, the newest first; of what is in a Kubernetes cluster. */
    NEWEST,
    /** One of the pods on each node, by the run's seed. */
    PER_NODE,
    /** One of the pods in each zone, by the run's seed. */
    PER_ZONE
  }

  /** Refuses a target that means nothing, and a number of things that cannot be. */
  public Target {
    boolean inCluster = !node.isEmpty() || zone.isPresent();
    if (what.isEmpty() && host.isEmpty() && !inCluster) {
      throw new InvalidValue(
          "a target names one of %s, host, node, zone, such as {service: NAME}"
              .formatted(String.join(", ", Words.of(Selector.class).keySet())));
    }
    if (!host.isEmpty()
        && what.isPresent()
        && !List.of("process", "service", "netns").contains(Words.wordOf(what.get()))) {
      throw new InvalidValue(
          "host", "'host' stands alone, or beside process, service or netns; remove it");
    }
    if (inCluster
        && (!host.isEmpty() || what.map(Selector::noun).filter(FIXED::contains).isPresent())) {
      throw new InvalidValue(
          node.isEmpty() ? "zone" : "node",
          "'node' and 'zone' stand alone, or beside what chooses pods; remove them");
    }
    node = node.isEmpty() ? List.of() : Selector.Named.checked(node, "node", "node/");
    host = host.isEmpty() ? List.of() : Selector.Named.checked(host, "host", "host/");
    if (count.isPresent() && percent.isPresent()) {
      throw new InvalidValue("percent", "only one of count, percent can stand here; remove one");
    }
    if (count.isPresent() && count.get() < 1) {
      throw new InvalidValue("count", "'count' must be at least 1");
    }
    percent.ifPresent(Target::checkShare);
  }

  private static void checkShare(Quantity share) {
    if (share.unit() != Unit.SHARE) {
      throw new InvalidValue(
          "percent", "'%s' is not a percentage; write it as 30%%".formatted(share));
    }
    if (share.value() <= 0 || share.value() > 1) {
      throw new InvalidValue("percent", "'percent' must be above 0% and at most 100%");
    }
  }

  /** The names, of whichever kind. */
  public List<String> names() {
    return what.map(Selector::names).orElseGet(() -> place().toList());
  }

  /** What the names are names of. */
  public String kind() {
    return what.map(Selector::noun).orElse(host.isEmpty() ? "node" : "host");
  }

  /** The names of databases; none where something else is meant. */
  public List<String> database() {
    return as(Selector.Database.class).map(Selector::names).orElse(List.of());
  }

  /** Network namespaces by name or path; none where something else is meant. */
  public List<String> netns() {
    return as(Selector.Netns.class).map(Selector::names).orElse(List.of());
  }

  /** The link that is named; empty where something else is meant. */
  public Optional<LinkEnds> link() {
    return as(Selector.Link.class).map(Selector.Link::ends);
  }

  /** The selector, where it is of this kind. */
  public <T extends Selector> Optional<T> as(Class<T> kind) {
    return what.filter(kind::isInstance).map(kind::cast);
  }

  /** The links that are meant: those named, or every one into what is named. */
  public List<LinkEnds> links() {
    return link()
        .map(List::of)
        .orElseGet(
            () ->
                names().stream()
                    .map(name -> new LinkEnds(Optional.empty(), Optional.of(name)))
                    .toList());
  }

  /** All that is selected, wherever it is. */
  public static Target of(Selector what) {
    return new Target(
        Optional.of(what),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether pods that take the place of others are disturbed in their place. */
  public boolean follows() {
    return follow.orElse(false);
  }

  /** A process. */
  public static Target process(String name) {
    return of(new Selector.Process(List.of(name)));
  }

  /** A database of this name. */
  public static Target database(String name) {
    return of(new Selector.Database(List.of(name)));
  }

  /** Links. */
  public static Target link(LinkEnds ends) {
    return of(new Selector.Link(ends));
  }

  private Target with(Selector other) {
    return new Target(Optional.of(other), host, node, zone, count, percent, pick, follow);
  }

  /** One of the names alone; all of what has no names of its own. */
  public Target only(String name) {
    return as(Selector.Named.class).map(named -> with(named.with(List.of(name)))).orElse(this);
  }

  /**
   * The same for another thing in the place of one of its own; empty where that is not among them.
   */
  public Optional<Target> instead(String one, String other) {
    Optional<Selector> named =
        as(Selector.Named.class)
            .filter(some -> some.names().contains(one))
            .map(some -> some.with(List.of(other)));
    return named
        .or(
            () ->
                link()
                    .filter(ends -> ends.names().anyMatch(one::equals))
                    .map(ends -> new Selector.Link(ends.renamed(one, other))))
        .map(this::with);
  }

  /** The names of both, which are of one kind. */
  public Target and(Target other) {
    return as(Selector.Named.class)
        .flatMap(ours -> other.as(Selector.Named.class).map(theirs -> with(ours.and(theirs))))
        .orElse(this);
  }

  /** The same, looked for on one machine. */
  public Target on(String machine) {
    return new Target(what, List.of(machine), node, zone, count, percent, pick, follow);
  }

  /** The same, on the machine that is asked; empty where whole machines are meant. */
  public Optional<Target> there() {
    return what.map(here -> new Target(what, List.of(), node, zone, count, percent, pick, follow));
  }

  /** The target in words, such as {@code service orders}. */
  public String words() {
    String where = String.join(", ", place().toList());
    String named = kind() + " " + what.map(Selector::words).orElse(where);
    return what.isEmpty() || where.isEmpty() ? named : named + " on " + where;
  }

  /** The names of where things are looked for. */
  private Stream<String> place() {
    return Stream.of(host.stream(), node.stream(), zone.stream().map("zone "::concat))
        .flatMap(names -> names);
  }

  /** Chooses among what was found, in whatever order; the same seed chooses the same things. */
  public List<Instance> choose(List<Instance> found, long seed) {
    List<Instance> order = new ArrayList<>(found);
    order.sort(Comparator.comparing(Instance::name));
    switch (pick.orElse(Pick.FIRST)) {
      case FIRST -> {}
      case RANDOM -> shuffle(order, seed);
      case OLDEST -> order.sort(Comparator.comparing(Instance::born));
      case NEWEST -> order.sort(Comparator.comparing(Instance::born).reversed());
      case PER_NODE -> onePer(Instance.PodInstance::node, order, seed);
      case PER_ZONE -> onePer(Instance.PodInstance::zone, order, seed);
    }
    int wanted =
        count.orElseGet(
            () ->
                percent
                    .map(share -> (int) Math.ceil(share.value() * order.size() - 1e-9))
                    .orElse(order.size()));
    // As they were found, where nothing is left out.
    return wanted >= found.size()
        ? List.copyOf(found)
        : List.copyOf(order.subList(0, Math.min(wanted, order.size())));
  }

  private static void shuffle(List<Instance> order, long seed) {
    Collections.shuffle(order, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
  }

  private static void onePer(
      Function<Instance.PodInstance, Optional<String>> place, List<Instance> order, long seed) {
    shuffle(order, seed);
    Set<String> taken = new HashSet<>();
    order.removeIf(
        one ->
            !(one instanceof Instance.PodInstance pod
                && place.apply(pod).filter(taken::add).isPresent()));
  }
}
