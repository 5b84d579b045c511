package dev.faultline.testkit;

import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.NodeAction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Nodes that are cut off for a time, which nothing shortens. */
final class FakeNodeCuts {

  private record Cut(Duration until, boolean deleted) {}

  private final Map<String, Cut> cuts = new TreeMap<>();
  private Optional<String> dangerous = Optional.empty();

  void forbid(String why) {
    dangerous = Optional.of(why);
  }

  Optional<String> dangerous() {
    return dangerous;
  }

  Effect apply(NodeAction action, Duration now) {
    switch (action) {
      case NodeAction.CutNode(ObjectRef node, Duration lasts) ->
          cuts.put(node.name(), new Cut(now.plus(lasts), false));
      case NodeAction.AwaitNode(ObjectRef node) ->
          cuts.computeIfPresent(node.name(), (_, cut) -> new Cut(cut.until(), true));
    }
    return new Effect.Done("told");
  }

  Answer status(ObjectRef node, Duration now) {
    Cut cut = cuts.get(node.name());
    boolean on = cut != null && now.compareTo(cut.until()) < 0;
    if (cut != null && cut.deleted() && !on) {
      cuts.remove(node.name());
    }
    return new Answer.NodeStands(!on, !on, cuts.containsKey(node.name()));
  }

  List<String> residue() {
    return cuts.keySet().stream().map("an agent on node "::concat).toList();
  }
}
