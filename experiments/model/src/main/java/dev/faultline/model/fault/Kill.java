package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
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

/**
 * Ends a process, as a crash does.
 *
 * @param signal one of {@code kill}, {@code term} or {@code int}; {@code kill} when absent
 */
public record Kill(Optional<ProcessSignal> signal) implements Fault {

  /** Refuses signals that do not end a process. */
  public Kill {
    if (signal.isPresent()
        && (signal.get() == ProcessSignal.STOP || signal.get() == ProcessSignal.CONT)) {
      throw new InvalidValue(
          "signal",
          "this signal does not end a process; use kill, term or int, or the fault freeze");
    }
  }

  @Override
  public boolean instant() {
    return true;
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
    return "kill (SIG%s)".formatted(signal.orElse(ProcessSignal.KILL));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    ProcessRef process = Processes.of(target);
    Proof gone =
        new Proof(
            new Query.ProcessStatus(process),
            new Expectation.ProcessIn(Set.of(ProcessState.GONE)),
            Duration.ofSeconds(10));
    return List.of(
        new Step(
            new Action.SendSignal(process, signal.orElse(ProcessSignal.KILL)),
            Optional.of(gone),
            Optional.empty()));
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(
            EndsBy.Layer.INSTANT,
            Optional.of(Duration.ZERO),
            "over at once; whatever supervises the process starts it again"));
  }
}
