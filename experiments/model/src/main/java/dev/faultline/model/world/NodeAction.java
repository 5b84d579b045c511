package dev.faultline.model.world;

import dev.faultline.model.cluster.ObjectRef;
import java.time.Duration;

/** What takes a node of a cluster off its network, and what follows its return. */
public sealed interface NodeAction extends Action.InCluster {

  /**
   * Cuts the network of a node for a fixed time, by an agent on that node.
   *
   * @param lasts how long, from when the agent begins; nothing shortens it
   */
  record CutNode(ObjectRef node, Duration lasts) implements NodeAction {
    @Override
    public String describe() {
      return "cut %s off its network for %d s, by an agent there, whatever happens meanwhile"
          .formatted(node.words(), lasts.toSeconds());
    }
  }

  /** Has the agent of a node deleted, which its kubelet does when the node is back. */
  record AwaitNode(ObjectRef node) implements NodeAction {
    @Override
    public String describe() {
      return "await %s, and delete the agent there".formatted(node.words());
    }
  }
}
