package dev.faultline.environment.kubernetes;

import dev.faultline.model.world.Effect;

/** Takes back what objects carry notes of, each kind of change in its way. */
record Reversal(Api api, String run) {

  /** Takes it back; a second time there is nothing to do. */
  Effect of(Marks.Found found) throws ApiTrouble {
    if (found.mark().startsWith(CanaryPods.MARK)) {
      return pods(found).takeBack(found);
    }
    if (!found.mark().startsWith(SplitSide.MARK)) {
      return new Changes(api, run).restore(found.object(), found.mark());
    }
    return WeightSplit.KINDS.contains(found.object().kind())
        ? weights(found)
        : new ReplicaSplit(api, run).takeBack(found);
  }

  private CanaryPods pods(Marks.Found found) {
    return new CanaryPods(api, found.object().namespace(), run);
  }

  /** Where traffic is somebody else's by now, the pods are needed that it may go to. */
  private Effect weights(Marks.Found found) throws ApiTrouble {
    Effect back = new WeightSplit(api, run).takeBack(found);
    if (back instanceof Effect.Superseded) {
      Effect _ = pods(found).leave(found.mark().substring(SplitSide.MARK.length()));
    }
    return back;
  }
}
