package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Clock;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.util.List;
import java.util.Optional;

/** Refuses another clock for a process that cannot be given one. */
final class ClockNeeds {

  private ClockNeeds() {}

  /** Asks the world about each target of a fault of clocks. */
  static void require(World world, FaultStep step, List<Instance> where) throws Unplannable {
    if (step.fault() instanceof Clock) {
      for (Instance process : where) {
        Query possible = new Query.ClockPossible(process.itself().name());
        Optional<String> lacking = lacking(world.ask(process.asked(possible)));
        if (lacking.isPresent()) {
          throw new Unplannable(
              Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), lacking.get()));
        }
      }
    }
  }

  private static Optional<String> lacking(Answer answer) {
    return switch (answer) {
      case Answer.ClockCanBe can -> can.lacking();
      case Answer.Unanswered none ->
          Optional.of("%s: %s".formatted(none.reason().words(), none.detail()));
      default -> Optional.of("it is not known whether its clock can be set off");
    };
  }
}
