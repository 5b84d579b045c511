package dev.faultline.model.world;

import dev.faultline.model.cluster.ObjectRef;
import java.time.Duration;

/** One change to what watches over the change of an object, in the cluster itself. */
public sealed interface ClusterFuseAction extends Action.InCluster {

  /**
   * Makes a watcher in the cluster that changes an object back when the run no longer renews its
   * Lease.
   *
   * @param mark names the change within the run
   * @param image of the agent
   * @param lease how long the Lease may stand still
   * @param lasts how long the change is wanted
   */
  record ArmObjectFuse(ObjectRef object, String mark, String image, Duration lease, Duration lasts)
      implements ClusterFuseAction {
    @Override
    public String describe() {
      return "arm a fuse in the cluster for %s: changed back when the lease is %d s old"
          .formatted(object.words(), lease.toSeconds());
    }
  }

  /** Removes such a watcher with all that was made for it, without its effect. */
  record DisarmObjectFuse(ObjectRef object, String mark) implements ClusterFuseAction {
    @Override
    public String describe() {
      return "remove the fuse in the cluster for " + object.words();
    }
  }
}
