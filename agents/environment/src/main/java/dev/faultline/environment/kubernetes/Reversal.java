package dev.faultline.environment.kubernetes;

import dev.faultline.model.world.Effect;

/** Takes back what objects carry notes of, each kind of change in its way. */
record Reversal(Api api, String run) {

  /** Takes it back; a second time there is nothing to do. */
  Effect of(Marks.Found found) throws ApiTrouble {
    return found.mark().startsWith(SplitSide.MARK)
        ? new ReplicaSplit(api, run).takeBack(found)
        : new Changes(api, run).restore(found.object(), found.mark());
  }
}
