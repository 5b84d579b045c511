package dev.faultline.model.world;

import dev.faultline.model.cluster.ObjectRef;

/** One question about a node of a cluster. */
public sealed interface NodeQuery extends Query.OfCluster {

  /** How a node stands that was cut off. Answered by {@link Answer.NodeStands}. */
  record NodeCut(ObjectRef node) implements NodeQuery {
    @Override
    public String text() {
      return node.words();
    }
  }

  /** Whether a node can and may be cut off. Answered by {@link Answer.NodeCutIs}. */
  record NodeCutPossible(ObjectRef node) implements NodeQuery {
    @Override
    public String text() {
      return "cutting off " + node.words();
    }
  }
}
