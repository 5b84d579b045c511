package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.HostFault;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.World;
import java.util.List;
import java.util.Optional;

/** Refuses faults of a machine that has no room for them: they would take Faultline with them. */
final class Rooms {

  private Rooms() {}

  /** Asks the world about each strain of a fault, if it has any. */
  static void require(World world, FaultStep step, List<Instance> where) throws Unplannable {
    if (step.fault() instanceof HostFault fault) {
      for (Instance machine : where) {
        if (machine.itself() instanceof Instance.InCluster) {
          // What a container has, and its node, is seen by the agent alone, which refuses itself.
          continue;
        }
        for (Strain strain : fault.strains(machine.itself()).values()) {
          require(world.ask(machine.asked(new Query.RoomFor(strain))), strain, step.title());
        }
      }
    }
  }

  private static void require(Answer answer, Strain strain, String fault) throws Unplannable {
    switch (answer) {
      case Answer.RoomIs is -> {
        Optional<String> refusal = strain.refusal(is.room());
        if (refusal.isPresent()) {
          throw unplannable(Outcome.REFUSED, fault, refusal.get());
        }
      }
      case Answer.Unanswered none ->
          throw unplannable(
              Outcome.NOT_READY, fault, "%s: %s".formatted(none.reason().words(), none.detail()));
      default ->
          throw unplannable(Outcome.NOT_READY, fault, "it is not known what the machine has left");
    }
  }

  private static Unplannable unplannable(Outcome outcome, String fault, String why) {
    return new Unplannable(outcome, "fault %s: %s".formatted(fault, why));
  }
}
