package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fuses of a run in the cluster: made, asked after, kept from acting by renewals of their Leases,
 * and removed. Thread-safe.
 */
final class ClusterFuses {

  private static final String WATCHING = "watching";
  private static final String SAID = "faultline.dev/fuse";

  /** What belongs to a deleted object goes with it, in the background. */
  static final String OPTIONS =
      "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"propagationPolicy\":\"Background\"}";

  private final Api api;
  private final String run;
  private final Map<String, Watch> armed = new ConcurrentHashMap<>();

  ClusterFuses(Api api, String run) {
    this.api = api;
    this.run = run;
  }

  /** When a Lease was renewed last, by the monotonic clock, and how long it may stand still. */
  private record Watch(long renewed, Duration patience) {
    boolean isFresh() {
      return System.nanoTime() - renewed < patience.toNanos() / 5;
    }
  }

  private FuseObjects objects(ObjectRef object, String mark) {
    String where = object.namespace().isEmpty() ? api.namespace() : object.namespace();
    return new FuseObjects(where, run, object, mark);
  }

  /** The Lease of the fuse that this run armed for a change. */
  Optional<String> lease(ObjectRef object, String mark) {
    return Optional.of(objects(object, mark).lease()).filter(armed::containsKey);
  }

  Effect arm(ClusterFuseAction.ArmObjectFuse order) throws ApiTrouble {
    FuseObjects fuse = objects(order.object(), order.mark());
    String uid = made(fuse.owners(), fuse.ownerObject(order.lease()));
    for (FuseObjects.Part part : fuse.parts(uid, order)) {
      String _ = made(part.path(), part.object());
    }
    armed.put(fuse.lease(), new Watch(System.nanoTime(), order.lease()));
    return new Effect.Done(order.describe());
  }

  /** Makes an object that may be there already, by an earlier try; gives its uid. */
  private String made(String path, ObjectNode object) throws ApiTrouble {
    Reply reply = api.post(path, object.toString());
    if (reply.isConflict()) {
      reply = api.get(path + "/" + object.path("metadata").path("name").asString(""));
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    return reply.json().path("metadata").path("uid").asString("");
  }

  /** One deletion removes all of it, in the background. */
  Effect disarm(ClusterFuseAction.DisarmObjectFuse order) throws ApiTrouble {
    FuseObjects fuse = objects(order.object(), order.mark());
    armed.remove(fuse.lease());
    Reply reply = api.delete(fuse.owner(), OPTIONS);
    if (!reply.ok() && !reply.isMissing()) {
      throw reply.trouble();
    }
    return new Effect.Done(order.describe());
  }

  /** A fuse watches when it has said so at its Lease. */
  Answer status(Query.ObjectFuse query) throws ApiTrouble {
    FuseObjects fuse = objects(query.object(), query.mark());
    Reply owner = api.get(fuse.owner());
    Reply lease = api.get(fuse.lease());
    if (owner.isMissing() || lease.isMissing()) {
      return new Answer.FuseIs(false);
    }
    if (!lease.ok()) {
      throw lease.trouble();
    }
    return new Answer.FuseIs(
        lease.json().path("metadata").path("annotations").path(SAID).asString("").equals(WATCHING));
  }

  /** Renews what is due, each by one quick try; says what is wrong with one of them. */
  Optional<Effect> renew() {
    return armed.entrySet().stream()
        .filter(one -> !one.getValue().isFresh())
        .map(one -> renew(one.getKey(), one.getValue()))
        // Each is tried, whatever is wrong with another.
        .toList()
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Effect> renew(String lease, Watch watch) {
    try {
      Reply reply = api.patchOnce(lease, FuseObjects.renewal());
      if (reply.isMissing()) {
        return Optional.of(new Effect.Superseded("a fuse in the cluster has fired: " + lease));
      }
      if (!reply.ok()) {
        return Optional.of(reply.trouble().failed());
      }
      armed.replace(lease, watch, new Watch(System.nanoTime(), watch.patience()));
      return Optional.empty();
    } catch (ApiTrouble trouble) {
      return Optional.of(trouble.failed());
    }
  }
}
