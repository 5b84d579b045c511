package dev.faultline.environment.kubernetes;

import dev.faultline.model.route.Scaled;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The pods of a canary that come before its traffic, and go after it.
 *
 * <p>Their Deployment carries a note of how many it had, written before the first shift. They are
 * never fewer while traffic may go there: the way back of the route comes first, and whatever
 * balances by it has some seconds to follow.
 *
 * @param namespace where it is
 * @param run whose they are
 */
record CanaryPods(Api api, String namespace, String run) {

  /** What the marks of such Deployments begin with; the rest is the name of the fuse. */
  static final String MARK = "pods:";

  private static final Duration ENDPOINTS = Duration.ofSeconds(10);

  /** So long has whatever balances to follow a route. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /** Those of the namespace of the environment. */
  CanaryPods(Api api, String run) {
    this(api, api.namespace(), run);
  }

  private Scaling scaling() {
    return new Scaling(api, run);
  }

  private SplitSide read(Scaled scaled) throws ApiTrouble {
    return SplitSide.read(api, namespace, scaled.deployment());
  }

  /** What is in the way of scaling it, in words; empty where nothing is. */
  Optional<String> unfit(Scaled scaled) throws ApiTrouble {
    SplitSide side = read(scaled);
    Optional<String> taken =
        UndoNote.taken(side.object(), run)
            .map(why -> "deployment %s: %s".formatted(side.name(), why));
    return taken.isPresent()
        ? taken
        : new SplitNeeds(api, run).autoscaler(List.of(scaled.deployment()));
  }

  /** Notes how many it has, whatever it becomes: nothing else changes. */
  void note(Scaled scaled, String fuse) throws ApiTrouble {
    SplitSide.Key key = new SplitSide.Key(run, MARK + fuse);
    SplitSide _ =
        scaling()
            .write(
                read(scaled),
                SplitSide::wanted,
                seen ->
                    seen.notes().find(run, key.mark()).isPresent()
                        ? seen.notes()
                        : seen.notes().with(SplitSide.entry(key, seen.wanted(), seen.wanted())));
  }

  /**
   * Has as many as a part of the traffic takes, or more, and waits until they answer.
   *
   * @return why the traffic must not come; empty where it may
   */
  Optional<Effect> come(Weighted route, Scaled scaled, double part) throws ApiTrouble {
    SplitSide seen = read(scaled);
    Optional<SplitSide.Key> key =
        seen.entry(run, MARK).map(entry -> new SplitSide.Key(run, entry.mark()));
    if (key.isEmpty()) {
      return Optional.of(
          new Effect.Failed(
              "%s carries no note of this run: it was taken back meanwhile"
                  .formatted(seen.name())));
    }
    int pods = scaled.of(part);
    SplitSide grown = seen.wanted() >= pods ? seen : scaling().scale(seen, key.get(), pods);
    Optional<Effect> late = scaling().start(grown, pods);
    if (late.isPresent()) {
      return late;
    }
    Backends backends = new Backends(api, namespace);
    return Scaling.await(() -> backends.serves(route.canaryName()), ENDPOINTS)
        ? Optional.empty()
        : Optional.of(
            new Effect.Failed(
                "%d pods of %s are ready, and %s has none that is: its Service chooses others"
                    .formatted(pods, scaled.deployment(), route.canaryName())));
  }

  /** Those that carry the mark of a fuse; who may not list Deployments has scaled none. */
  private List<SplitSide> noted(String fuse) throws ApiTrouble {
    try {
      return scaling().noted(namespace, MARK + fuse);
    } catch (ApiTrouble trouble) {
      if (trouble.isForbidden()) {
        return List.of();
      }
      throw trouble;
    }
  }

  /** Whether anything carries notes of the pods that come with what this fuse guards. */
  boolean isNoted(String fuse) throws ApiTrouble {
    return !noted(fuse).isEmpty();
  }

  /** Takes the notes away: the pods stay where traffic goes to them, and go otherwise. */
  Effect settle(String fuse) throws ApiTrouble {
    List<SplitSide> sides = noted(fuse);
    return sides.isEmpty() || new NotedRoutes(api, namespace, run).giveCanary(fuse)
        ? leave(sides, MARK + fuse)
        : home(sides, MARK + fuse);
  }

  /** Takes the notes away, and leaves the pods: somebody else gives them traffic. */
  Effect leave(String fuse) throws ApiTrouble {
    return leave(noted(fuse), MARK + fuse);
  }

  private Effect leave(List<SplitSide> sides, String mark) throws ApiTrouble {
    for (SplitSide side : sides) {
      SplitSide _ =
          scaling().write(side, SplitSide::wanted, seen -> seen.notes().without(run, mark));
    }
    return new Effect.Done("the canary keeps its pods");
  }

  private Effect home(List<SplitSide> sides, String mark) throws ApiTrouble {
    Effect all = new Effect.Done("the canary has as many pods as before");
    for (SplitSide side : sides) {
      Effect one = home(side, mark);
      all = one instanceof Effect.Done ? all : one;
    }
    return all;
  }

  private Effect home(SplitSide side, String mark) throws ApiTrouble {
    int was = side.notes().find(run, mark).map(SplitSide::was).orElseGet(side::wanted);
    if (side.wanted() > was) {
      Scaling.pause(DRAIN);
    }
    return new Changes(api, run).restore(side.ref(), mark);
  }

  /** As many as before, once the route carries nothing that could still send traffic there. */
  Effect takeBack(Marks.Found found) throws ApiTrouble {
    if (!new NotedRoutes(api, namespace, run).of(found.mark().substring(MARK.length())).isEmpty()) {
      return new Effect.Failed(
          "traffic may still go to %s: its route comes first".formatted(found.object().name()));
    }
    SplitSide side = SplitSide.read(api, found.object());
    return home(side, found.mark());
  }
}
