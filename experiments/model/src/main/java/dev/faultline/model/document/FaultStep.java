package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault with its place and time in an experiment.
 *
 * @param name names it within the experiment; made of its kind and target when absent
 * @param fault what is done
 * @param target to what
 * @param traffic which part of the traffic is disturbed; for network faults only
 * @param lasts how long; instant faults have none unless they are repeated
 * @param start when, counted from the end of the baseline, or of the fault named in {@code after}
 * @param after a fault that must have ended first
 * @param every repeats an instant fault for as long as {@code for} says; at least 500ms
 */
public record FaultStep(
    Optional<String> name,
    @OneOf Fault fault,
    Optional<Target> target,
    Optional<Traffic> traffic,
    @Key("for") Optional<Duration> lasts,
    Optional<Duration> start,
    Optional<String> after,
    Optional<Duration> every) {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final int MOST_REPETITIONS = 100_000;

  /** Refuses times that contradict the kind of fault. */
  public FaultStep {
    String word = Words.wordOf(fault);
    if (fault.needsTarget() && target.isEmpty()) {
      throw new InvalidValue(
          "'%s' needs a target; add one, such as 'target: {%s: NAME}'"
              .formatted(word, anAim(fault)));
    }
    if (traffic.isPresent() && !(fault instanceof NetworkFault)) {
      throw new InvalidValue(
          "traffic", "'%s' disturbs no traffic; remove 'traffic'".formatted(word));
    }
    if (traffic.flatMap(Traffic::direction).isPresent()
        && fault instanceof NetworkFault onLink
        && !onLink.directed()) {
      throw new InvalidValue(
          "traffic/direction",
          "'%s' takes a connection or an exchange as a whole; remove 'direction'".formatted(word));
    }
    target.map(Target::kind).ifPresent(kind -> checkAim(word, kind, fault));
    target.filter(Target::follows).ifPresent(pods -> checkFollow(word, pods, fault));
    if (!fault.instant() && (lasts.isEmpty() || lasts.get().isZero())) {
      throw new InvalidValue(
          "'%s' needs 'for': how long it lasts, such as 'for: 15s'".formatted(word));
    }
    if (every.isPresent() && !fault.instant()) {
      throw new InvalidValue(
          "every", "'%s' lasts, and 'every' repeats what happens at once".formatted(word));
    }
    if (fault.instant() && every.isPresent() != lasts.isPresent()) {
      throw new InvalidValue(
          lasts.isPresent() ? "for" : "every",
          "'%s' happens at once: give both 'every' and 'for' to repeat it, or neither"
              .formatted(word));
    }
    every.ifPresent(pause -> checkRepetition(pause, lasts.orElseThrow()));
    name.ifPresent(FaultStep::check);
  }

  /** A fault without a target that begins with the faults and lasts so long. */
  static FaultStep named(String name, Fault fault, Duration lasts) {
    return new FaultStep(
        Optional.of(name),
        fault,
        Optional.empty(),
        Optional.of(lasts),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A fault that disturbs no part of any traffic in particular. */
  public FaultStep(
      Optional<String> name,
      Fault fault,
      Optional<Target> target,
      Optional<Duration> lasts,
      Optional<Duration> start,
      Optional<String> after,
      Optional<Duration> every) {
    this(name, fault, target, Optional.empty(), lasts, start, after, every);
  }

  /** The same under a name. */
  FaultStep called(String other) {
    return new FaultStep(Optional.of(other), fault, target, traffic, lasts, start, after, every);
  }

  /** The same after another fault. */
  FaultStep following(Optional<String> other) {
    return new FaultStep(name, fault, target, traffic, lasts, start, other, every);
  }

  /** The same for another thing in the place of one; empty where its target does not name that. */
  Optional<FaultStep> instead(String one, String other) {
    return target
        .flatMap(aim -> aim.instead(one, other))
        .map(
            aim ->
                new FaultStep(name, fault, Optional.of(aim), traffic, lasts, start, after, every));
  }

  private static String anAim(Fault fault) {
    return Stream.of("service", "database", "netns", "deployment", "node", "configMap")
        .filter(fault.aims()::contains)
        .findFirst()
        .orElseThrow();
  }

  private static void checkAim(String word, String kind, Fault fault) {
    Set<String> aims = fault.aims();
    if (aims.isEmpty()) {
      throw new InvalidValue(
          "target",
          "'%s' has no target: %s; remove this"
              .formatted(
                  word, fault instanceof Shift ? "its route says where" : "it is about the load"));
    }
    if (!aims.contains(kind)) {
      throw new InvalidValue(
          "target",
          "'%s' cannot disturb a %s; its target is a %s"
              .formatted(word, kind, String.join(" or a ", new TreeSet<>(aims))));
    }
  }

  /** What changes an object stays in it; what is over at once, and again, takes others anyway. */
  private static void checkFollow(String word, Target target, Fault fault) {
    if (!(fault instanceof NetworkFault) || !PodFault.AIMS.contains(target.kind())) {
      throw new InvalidValue(
          "target/follow",
          "only what disturbs packets of pods follows them, and this is '%s' of a %s; remove 'follow'"
              .formatted(word, target.kind()));
    }
  }

  private static void checkRepetition(Duration pause, Duration during) {
    if (pause.compareTo(SHORTEST_PAUSE) < 0) {
      throw new InvalidValue("every", "'every' must be at least 500ms");
    }
    if (pause.compareTo(during) > 0) {
      throw new InvalidValue("every", "'every' is longer than 'for': it would happen only once");
    }
    if (during.dividedBy(pause) > MOST_REPETITIONS) {
      throw new InvalidValue(
          "every", "this would repeat more than %d times".formatted(MOST_REPETITIONS));
    }
  }

  private static void check(String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}")) {
      throw new InvalidValue(
          "name",
          "'%s' cannot name a fault: letters, digits, '-', '_', '.', 63 in all".formatted(name));
    }
  }

  private static String named(Target target) {
    Stream<String> hosts = target.kind().equals("host") ? Stream.of() : target.host().stream();
    return Stream.concat(target.names().stream(), hosts)
        .map(name -> "-" + name.replace(' ', '-'))
        .collect(Collectors.joining());
  }

  /** What is done, in words, and to which part of the traffic. */
  public String words() {
    return fault instanceof NetworkFault onLink
        ? onLink.words(traffic.orElse(Traffic.ALL))
        : fault.words();
  }

  /** The same, where it depends on the target. */
  public String words(Instance target) {
    return fault instanceof NetworkFault ? words() : fault.words(target);
  }

  /** The name given, or one made of the kind and the target. */
  public String title() {
    return name.orElseGet(() -> Words.wordOf(fault) + target.map(FaultStep::named).orElse(""));
  }
}
