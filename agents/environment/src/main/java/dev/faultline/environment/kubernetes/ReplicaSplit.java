package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.cluster.ObjectUndo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Splits traffic between two Deployments by their numbers of pods.
 *
 * <p>Both carry a note of how it was before, written before the first shift; each later write
 * changes pods and note together, for the version of the object that was seen. Without the note no
 * traffic is shifted: whoever took it away has sent all of it to stable. What grows is scaled first
 * and waited for, then the other one is scaled down. Thread-safe.
 */
final class ReplicaSplit {

  private static final Duration STABLE_STARTS = Duration.ofSeconds(30);

  private final Api api;
  private final String run;
  private final Duration stableStarts;
  private final Scaling scaling;

  /** The splits of one run, whose way back is asked for again where stable does not start. */
  ReplicaSplit(Api api, String run) {
    this(api, run, STABLE_STARTS);
  }

  /**
   * The same for who has more time, or less.
   *
   * @param stableStarts how long the way back waits for a ready pod of stable
   */
  ReplicaSplit(Api api, String run, Duration stableStarts) {
    this.api = api;
    this.run = run;
    this.stableStarts = stableStarts;
    this.scaling = new Scaling(api, run);
  }

  private SplitSide stable(Replicas route) throws ApiTrouble {
    return SplitSide.read(api, api.namespace(), route.stable());
  }

  private SplitSide canary(Replicas route) throws ApiTrouble {
    return SplitSide.read(api, api.namespace(), route.canary());
  }

  /** Both Deployments as they are now, for whoever may act for this run later. */
  List<ObjectRef> objects(Replicas route) throws ApiTrouble {
    return List.of(stable(route).ref(), canary(route).ref());
  }

  /** Notes at both how it was, whatever it becomes: nothing else changes. */
  void note(Replicas route, String fuse) throws ApiTrouble {
    SplitSide.Key key = new SplitSide.Key(run, SplitSide.MARK + fuse);
    SplitSide stable = stable(route);
    SplitSide canary = canary(route);
    scaling.write(
        stable,
        seen -> seen.wanted(),
        seen -> seen.notes().replacing(SplitSide.entry(key, route.pods(), seen.wanted())));
    scaling.write(
        canary,
        seen -> seen.wanted(),
        seen -> seen.notes().replacing(SplitSide.entry(key, 0, seen.wanted())));
  }

  /** Splits traffic; nothing of it goes to the canary where the share is 0. */
  Effect shift(Replicas route, double share) throws ApiTrouble {
    SplitSide stable = stable(route);
    SplitSide canary = canary(route);
    if (share == 0) {
      return noted(stable, canary).isPresent()
          ? back(stable, canary, false)
          : fence(List.of(stable.ref(), canary.ref()));
    }
    Optional<SplitSide.Key> key = noted(stable, canary);
    if (key.isEmpty()) {
      return new Effect.Failed(
          "%s and %s carry no note of this run: all traffic was sent to stable meanwhile"
              .formatted(stable.name(), canary.name()));
    }
    int canaries = route.ofCanary(share);
    boolean more = canaries >= canary.wanted();
    SplitSide grows = more ? canary : stable;
    int to = more ? canaries : route.pods() - canaries;
    SplitSide grown = scaling.scale(grows, key.get(), to);
    Optional<Effect> late = scaling.start(grown, to);
    if (late.isPresent()) {
      return late.get();
    }
    SplitSide _ = scaling.scale(more ? stable : canary, key.get(), route.pods() - to);
    return new Effect.Done(
        "%d of %d pods are of %s".formatted(canaries, route.pods(), canary.name()));
  }

  private Optional<SplitSide.Key> noted(SplitSide stable, SplitSide canary) {
    return stable
        .entry(run)
        .filter(entry -> canary.notes().find(run, entry.mark()).isPresent())
        .map(entry -> new SplitSide.Key(run, entry.mark()));
  }

  /**
   * Sends all traffic back: stable first, and the canary once a pod of stable is ready. A canary
   * that fails some is better than nobody who answers: while no pod of stable is ready, it stays.
   *
   * @param forget whether the notes go with it
   */
  private Effect back(SplitSide stable, SplitSide canary, boolean forget) throws ApiTrouble {
    UndoNote.Entry entry = stable.entry(run).orElseThrow();
    SplitSide.Key key = new SplitSide.Key(run, entry.mark());
    int pods = SplitSide.was(entry);
    SplitSide grown =
        scaling.write(
            stable,
            seen -> Math.max(pods, seen.wanted()),
            seen ->
                seen.notes().replacing(SplitSide.entry(key, pods, Math.max(pods, seen.wanted()))));
    if (!scaling.await(grown, 1, stableStarts)) {
      return new Effect.Failed(
          "no pod of %s is ready yet; until one is, the %d of %s stay: they would be missed more"
              .formatted(stable.name(), canary.wanted(), canary.name()));
    }
    SplitSide _ =
        scaling.write(
            canary,
            _ -> 0,
            seen ->
                forget
                    ? seen.notes().without(run, key.mark())
                    : seen.notes().replacing(SplitSide.entry(key, 0, 0)));
    if (forget) {
      SplitSide _ =
          scaling.write(grown, SplitSide::wanted, seen -> seen.notes().without(run, key.mark()));
    }
    return new Effect.Done(
        "%d pods for %s, none for %s".formatted(grown.wanted(), stable.name(), canary.name()));
  }

  /** Sends all traffic back by what the objects carry themselves, which then carry nothing. */
  Effect takeBack(Marks.Found found) throws ApiTrouble {
    List<SplitSide> sides = sides(found.object().namespace(), found.mark());
    if (sides.isEmpty()) {
      return fence(List.of(found.object()));
    }
    if (sides.size() == 1 && SplitSide.was(sides.getFirst().entry(run).orElseThrow()) == 0) {
      return new Effect.Failed(
          "what %s took over from carries no note: whether anybody else serves is not known"
              .formatted(sides.getFirst().name()));
    }
    return sides.size() == 1
        ? forgetAt(sides.getFirst(), found.mark())
        : back(sides.getFirst(), sides.getLast(), true);
  }

  /** The canary is gone, or has been sent home. */
  private Effect forgetAt(SplitSide stable, String mark) throws ApiTrouble {
    int pods = SplitSide.was(stable.entry(run).orElseThrow());
    SplitSide _ =
        scaling.write(
            stable, seen -> Math.max(pods, seen.wanted()), seen -> seen.notes().without(run, mark));
    return new Effect.Done("%d pods for %s".formatted(pods, stable.name()));
  }

  /** Those that carry a mark of this run, stable first. */
  private List<SplitSide> sides(String namespace, String mark) throws ApiTrouble {
    List<SplitSide> sides = scaling.noted(namespace, mark);
    sides.sort(Comparator.comparingInt(side -> -SplitSide.was(side.entry(run).orElseThrow())));
    return List.copyOf(sides);
  }

  /** Whether anything carries notes of the split that this fuse guards. */
  boolean isNoted(String fuse) throws ApiTrouble {
    return !sides(api.namespace(), SplitSide.MARK + fuse).isEmpty();
  }

  /** Takes the notes away, and leaves all pods as they are. */
  void forget(String fuse) throws ApiTrouble {
    for (SplitSide side : sides(api.namespace(), SplitSide.MARK + fuse)) {
      SplitSide _ =
          scaling.write(
              side, SplitSide::wanted, seen -> seen.notes().without(run, SplitSide.MARK + fuse));
    }
  }

  /** A write that is under way for an older version comes too late. */
  private Effect fence(List<ObjectRef> objects) throws ApiTrouble {
    for (ObjectRef object : objects) {
      for (String patch : ObjectUndo.fence(run)) {
        Reply reply = api.patch(ApiPaths.of(object), patch);
        if (!reply.ok() && !reply.isMissing()) {
          throw reply.trouble();
        }
      }
    }
    return new Effect.Done(
        "%s carry nothing of this run"
            .formatted(String.join(" and ", objects.stream().map(ObjectRef::name).toList())));
  }

  /** How traffic is split: by what is ready. */
  Answer status(Replicas route) throws ApiTrouble {
    return reading(stable(route), canary(route));
  }

  private static Answer reading(SplitSide stable, SplitSide canary) {
    int all = stable.ready() + canary.ready();
    if (!stable.isSeen() || !canary.isSeen()) {
      return new Answer.Unanswered(
          BlindReason.NO_DATA, "the cluster has not yet taken note of the newest numbers of pods");
    }
    if (all == 0) {
      return new Answer.Unanswered(
          BlindReason.NO_DATA,
          "no pod of %s or %s is ready".formatted(stable.name(), canary.name()));
    }
    return new Answer.RouteIs(
        new RouteReading((double) canary.ready() / all, stable.ready() > 0, canary.ready() > 0));
  }

  /** The same where nothing is in the way of a shift, with what else is to be known before. */
  Answer fit(Replicas route) throws ApiTrouble {
    SplitSide stable = stable(route);
    SplitSide canary = canary(route);
    Optional<String> unfit = new SplitNeeds(api, run).unfit(route, stable, canary);
    if (unfit.isPresent()) {
      return new Answer.Unanswered(BlindReason.REFUSED, unfit.get());
    }
    Answer now = reading(stable, canary);
    return now instanceof Answer.RouteIs is
        ? new Answer.RouteIs(is.reading(), SharedConfig.cautions(stable, canary))
        : now;
  }
}
