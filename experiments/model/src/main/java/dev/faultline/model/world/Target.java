package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * What a fault disturbs: names of one kind, and how many of them.
 *
 * @param service names of services
 * @param process names of processes
 * @param database names of databases
 * @param netns network namespaces: names as of {@code ip netns}, or paths
 * @param host machines of the environment, on which the others are looked for; alone, these
 *     machines themselves
 * @param link who talks to whom
 * @param count how many of the things found, at least 1; all when neither count nor percent is
 *     given
 * @param percent which share of the things found, rounded up; above 0% and at most 100%
 * @param pick which ones; {@code first} when absent
 */
public record Target(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> service,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> process,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> database,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> netns,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> host,
    Optional<LinkEnds> link,
    Optional<Integer> count,
    Optional<Quantity> percent,
    Optional<Pick> pick) {

  /** The order in which things are chosen when not all are. */
  public enum Pick {
    /** By name. */
    FIRST,
    /** By the run's seed. */
    RANDOM
  }

  /** Refuses a target that names nothing, two kinds, or a number of things that cannot be. */
  public Target {
    service = List.copyOf(service);
    process = List.copyOf(process);
    database = List.copyOf(database);
    netns = List.copyOf(netns);
    host = List.copyOf(host);
    long kinds =
        Stream.of(service, process, database, netns).filter(names -> !names.isEmpty()).count()
            + link.stream().count();
    if (kinds > 1 || (kinds == 0 && host.isEmpty())) {
      throw new InvalidValue(
          "a target names either service, process, database, netns, link or host, such as {service:"
              + " NAME}");
    }
    if (!host.isEmpty() && (!database.isEmpty() || link.isPresent())) {
      throw new InvalidValue(
          "host", "'host' stands alone, or beside process, service or netns; remove it");
    }
    checkNames(host, "host");
    checkNames(service, "service");
    checkNames(process, "process");
    checkNames(database, "database");
    checkNames(netns.stream().filter(name -> !name.startsWith("/")).toList(), "netns");
    if (count.isPresent() && percent.isPresent()) {
      throw new InvalidValue("percent", "only one of count, percent can stand here; remove one");
    }
    if (count.isPresent() && count.get() < 1) {
      throw new InvalidValue("count", "'count' must be at least 1");
    }
    percent.ifPresent(Target::checkShare);
  }

  /** A target that names no link. */
  public Target(
      List<String> service,
      List<String> process,
      List<String> database,
      Optional<Integer> count,
      Optional<Quantity> percent,
      Optional<Pick> pick) {
    this(service, process, database, List.of(), List.of(), Optional.empty(), count, percent, pick);
  }

  private static void checkNames(List<String> names, String key) {
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,252}")) {
        throw new InvalidValue(
            "%s/%d".formatted(key, i),
            "'%s' cannot name a %s: letters, digits, '-', '_', '.'".formatted(names.get(i), key));
      }
      if (names.indexOf(names.get(i)) < i) {
        throw new InvalidValue(
            "%s/%d".formatted(key, i), "'%s' stands here twice".formatted(names.get(i)));
      }
    }
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
    if (kind().equals("host")) {
      return host;
    }
    return Stream.concat(
            Stream.of(service, process, database, netns).flatMap(List::stream),
            link.stream().flatMap(LinkEnds::names))
        .toList();
  }

  /** What the names are names of. */
  public String kind() {
    if (link.isPresent()) {
      return "link";
    }
    if (!netns.isEmpty()) {
      return "netns";
    }
    if (!service.isEmpty()) {
      return "service";
    }
    return !process.isEmpty() ? "process" : !database.isEmpty() ? "database" : "host";
  }

  /** The links that are meant: those named, or every one into what is named. */
  public List<LinkEnds> links() {
    return link.map(List::of)
        .orElseGet(
            () ->
                names().stream()
                    .map(name -> new LinkEnds(Optional.empty(), Optional.of(name)))
                    .toList());
  }

  /** A process. */
  public static Target process(String name) {
    return new Target(
        List.of(), List.of(name), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A database of this name. */
  public static Target database(String name) {
    return naming(List.of(name), Optional.empty());
  }

  /** Links. */
  public static Target link(LinkEnds ends) {
    return naming(List.of(), Optional.of(ends));
  }

  private static Target naming(List<String> databases, Optional<LinkEnds> link) {
    return new Target(
        List.of(),
        List.of(),
        databases,
        List.of(),
        List.of(),
        link,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** One of the names alone. */
  public Target only(String name) {
    return keeping(List.of(name)::contains);
  }

  /** The names of both, which are of one kind. */
  public Target and(Target other) {
    return new Target(
        joined(service, other.service),
        joined(process, other.process),
        joined(database, other.database),
        joined(netns, other.netns),
        host,
        link,
        count,
        percent,
        pick);
  }

  private static List<String> joined(List<String> ours, List<String> others) {
    return Stream.concat(ours.stream(), others.stream()).distinct().toList();
  }

  private Target keeping(Predicate<String> wanted) {
    return new Target(
        service.stream().filter(wanted).toList(),
        process.stream().filter(wanted).toList(),
        database.stream().filter(wanted).toList(),
        netns.stream().filter(wanted).toList(),
        host,
        link,
        count,
        percent,
        pick);
  }

  /** The same, looked for on one machine. */
  public Target on(String machine) {
    return new Target(
        service, process, database, netns, List.of(machine), link, count, percent, pick);
  }

  /** The same, on the machine that is asked; empty where whole machines are meant. */
  public Optional<Target> there() {
    return kind().equals("host")
        ? Optional.empty()
        : Optional.of(
            new Target(service, process, database, netns, List.of(), link, count, percent, pick));
  }

  /** The target in words, such as {@code service orders}. */
  public String words() {
    String what =
        kind() + " " + link.map(LinkEnds::words).orElseGet(() -> String.join(", ", names()));
    return host.isEmpty() || kind().equals("host") ? what : what + " on " + String.join(", ", host);
  }

  /** Chooses among what was found, in whatever order; the same seed chooses the same things. */
  public List<Instance> choose(List<Instance> found, long seed) {
    int wanted =
        count.orElseGet(
            () ->
                percent
                    .map(share -> (int) Math.ceil(share.value() * found.size() - 1e-9))
                    .orElse(found.size()));
    if (wanted >= found.size()) {
      return List.copyOf(found);
    }
    List<Instance> order = new ArrayList<>(found);
    order.sort(Comparator.comparing(Instance::name));
    if (pick.orElse(Pick.FIRST) == Pick.RANDOM) {
      Collections.shuffle(order, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }
    return List.copyOf(order.subList(0, wanted));
  }
}
