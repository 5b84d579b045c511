package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Scales Deployments: pods and note are one write, for the version of the object that was seen.
 *
 * @param run whose notes they are
 */
record Scaling(Api api, String run) {

  private static final int LOOKS = 5;
  private static final Duration PODS_START = Duration.ofSeconds(110);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** Something that is made of a Deployment as it was seen. */
  interface By<T> {
    T of(SplitSide seen) throws ApiTrouble;
  }

  /** Scales what is as this run left it. */
  SplitSide scale(SplitSide side, SplitSide.Key key, int replicas) throws ApiTrouble {
    return write(
        side,
        seen -> {
          if (!seen.isAsNoted(key)) {
            throw new ApiTrouble(
                BlindReason.REFUSED,
                "somebody else scaled %s to %d".formatted(seen.name(), seen.wanted()));
          }
          return replicas;
        },
        seen ->
            seen.notes()
                .replacing(
                    SplitSide.entry(
                        key,
                        seen.notes().find(run, key.mark()).map(SplitSide::was).orElse(0),
                        replicas)));
  }

  /** Writes until that was the newest version. */
  SplitSide write(SplitSide first, By<Integer> replicas, By<UndoNote> notes) throws ApiTrouble {
    SplitSide seen = first;
    for (int look = 0; look < LOOKS; look++) {
      int wanted = replicas.of(seen);
      UndoNote after = notes.of(seen);
      if (seen.isDone(wanted, after)) {
        return seen;
      }
      Reply reply = api.patch(ApiPaths.of(seen.ref()), seen.patch(wanted, after));
      if (reply.ok()) {
        return SplitSide.of(reply.json());
      }
      if (!reply.isConflict()) {
        throw reply.trouble();
      }
      seen = SplitSide.read(api, seen.ref());
    }
    throw new ApiTrouble(
        BlindReason.REFUSED,
        "%s is changed by others all the time: %d writes came too late"
            .formatted(first.name(), LOOKS));
  }

  /** The Deployments of a namespace that carry a mark of the run. */
  List<SplitSide> noted(String namespace, String mark) throws ApiTrouble {
    List<SplitSide> found = new ArrayList<>();
    for (JsonNode object : new Marks(api).carrying(ObjectKind.DEPLOYMENT, Optional.of(namespace))) {
      SplitSide side = SplitSide.of(object);
      if (side.notes().find(run, mark).isPresent()) {
        found.add(side);
      }
    }
    return found;
  }

  /** Waits for the pods that are to come; why there are too few, or nothing. */
  Optional<Effect> start(SplitSide side, int pods) throws ApiTrouble {
    return await(side, pods, PODS_START)
        ? Optional.empty()
        : Optional.of(
            new Effect.Failed(
                "%d of %d pods of %s were ready within %d s"
                    .formatted(
                        SplitSide.read(api, side.ref()).ready(),
                        pods,
                        side.name(),
                        PODS_START.toSeconds())));
  }

  /** Waits for so many ready pods; whether there are. */
  boolean await(SplitSide side, int pods, Duration longest) throws ApiTrouble {
    SplitSide[] now = {side};
    return await(
        () -> {
          if (!now[0].hasReady(pods)) {
            now[0] = SplitSide.read(api, side.ref());
          }
          return now[0].hasReady(pods);
        },
        longest);
  }

  /** Something that is looked at until it is so. */
  interface Look {
    boolean isSo() throws ApiTrouble;
  }

  /** Waits until something is so; whether it is. */
  static boolean await(Look look, Duration longest) throws ApiTrouble {
    long began = System.nanoTime();
    while (!look.isSo()) {
      if (System.nanoTime() - began > longest.toNanos()) {
        return false;
      }
      pause(BETWEEN_LOOKS);
    }
    return true;
  }

  /** Waits, unless it is cut short. */
  static void pause(Duration time) throws ApiTrouble {
    try {
      Thread.sleep(time);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new ApiTrouble(BlindReason.TIMEOUT, "cut short");
    }
  }
}
