package dev.faultline.environment.kubernetes;

import dev.faultline.model.world.Effect;

/** Takes back what objects carry notes of, each kind of change in its way. */
record Reversal(Api api, String run) {

  /** Takes it back; a second time there is nothing to do. */
  Effect of(Marks.Found found) throws ApiTrouble {
    if (!found.mark().startsWith(SplitSide.MARK)) {
      return new Changes(api, run).restore(found.object(), found.mark());
    }
    return WeightSplit.KINDS.contains(found.object().kind())
        ? new WeightSplit(api, run).takeBack(found)
        : new ReplicaSplit(api, run).takeBack(found);
  }
}
