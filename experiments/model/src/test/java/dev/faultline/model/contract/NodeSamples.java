package dev.faultline.model.contract;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.fault.NodeOffline;
import dev.faultline.model.world.NodeAction;
import dev.faultline.model.world.NodeQuery;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;

/** A node of a cluster that is cut off, for the contract tests of the language. */
final class NodeSamples {

  private static final ObjectRef NODE = new ObjectRef(ObjectKind.NODE, "", "n1", "u1");

  static final NodeOffline OFFLINE = new NodeOffline();
  static final NodeAction CUT = new NodeAction.CutNode(NODE, Duration.ofSeconds(30));
  static final NodeAction AWAIT = new NodeAction.AwaitNode(NODE);
  static final List<Query> QUERIES =
      List.of(new NodeQuery.NodeCut(NODE), new NodeQuery.NodeCutPossible(NODE));

  private NodeSamples() {}
}
