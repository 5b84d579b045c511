package dev.faultline.environment.kubernetes;

import dev.faultline.model.world.Effect;
import java.time.Duration;

/** Takes back what objects carry notes of, each kind of change in its way. */
record Reversal(Api api, String run) {

  private static final Duration STABLE_STARTS = Duration.ofSeconds(30);

  /** Takes it back; a second time there is nothing to do. */
  Effect of(Marks.Found found) throws ApiTrouble {
    return found.mark().startsWith(SplitSide.MARK)
        ? new ReplicaSplit(api, run, STABLE_STARTS).takeBack(found)
        : new Changes(api, run).restore(found.object(), found.mark());
  }
}
