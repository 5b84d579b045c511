package dev.faultline.model.fault;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops a process where it stands, as a long pause of its garbage collector or its host does. */
public record Freeze() implements Fault {

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public Set<String> aims() {
    return Processes.AIMS;
  }

  @Override
  public String words() {
    return "freeze (SIGSTOP)";
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    ProcessRef process = Processes.of(target);
    if (target instanceof Instance.ProcessInstance instance
        && instance.state() == ProcessState.STOPPED) {
      throw new FaultRefused(
          "%s is stopped already, and not by this run; let it go on first (kill -CONT)"
              .formatted(process.name()));
    }
    Action goOn = new Action.SendSignal(process, ProcessSignal.CONT);
    Query status = new Query.ProcessStatus(process);
    Step stop =
        new Step(
            new Action.SendSignal(process, ProcessSignal.STOP),
            Optional.of(proof(status, Set.of(ProcessState.STOPPED))),
            Optional.of(
                new Step.Undo(
                    goOn,
                    Optional.of(proof(status, Set.of(ProcessState.RUNNING, ProcessState.GONE))))));
    return List.of(Fuses.around(setting, process.name(), List.of(goOn)), stop);
  }

  private static Proof proof(Query status, Set<ProcessState> states) {
    return new Proof(status, new Expectation.ProcessIn(states), Duration.ofSeconds(5));
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return Fuses.endsBy(setting);
  }
}
