package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.load.LoadJobs;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.List;

/** The pods of loads of a run, whoever made them; none where no agents are used. */
final class LoadsOfRun {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  private final AgentSource source;

  LoadsOfRun(AgentSource source) {
    this.source = source;
  }

  private LoadJobs jobs() {
    return new LoadJobs(source.client(), source.namespace(), source.run());
  }

  /** What of them is there, in words; nothing where the user may not look, as he made none. */
  List<String> marks() throws ApiTrouble {
    try {
      return source.setting().isEmpty() ? List.of() : jobs().left();
    } catch (AgentTrouble silent) {
      if (silent.isForbidden()) {
        return List.of();
      }
      throw new ApiTrouble(BlindReason.UNREACHABLE, String.valueOf(silent.getMessage()));
    }
  }

  /** Ends them all. */
  Effect endAll() {
    if (source.setting().isEmpty()) {
      return new Effect.Done("no pods make a load");
    }
    try {
      List<String> left = jobs().end(ENDS_WITHIN);
      return left.isEmpty()
          ? new Effect.Done("no pod of a load of this run is left")
          : new Effect.Failed("pods of a load are left: " + String.join(", ", left));
    } catch (AgentTrouble silent) {
      return silent.isForbidden()
          ? new Effect.Done("no pods of a load could be made")
          : new Effect.Failed(String.valueOf(silent.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }
}
