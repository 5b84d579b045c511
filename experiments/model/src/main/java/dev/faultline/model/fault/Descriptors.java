package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.DescriptorAccess;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves a process no descriptors, as if it had used up all: it can open no more files and take or
 * make no more connections. What it has open stays so; what it closes it may open again.
 *
 * @param room how many more it may open, from 0 to 100000; 0 when absent
 */
public record Descriptors(Optional<Integer> room) implements Fault {

  private static final int MOST = 100_000;
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

  /** Refuses a number that is none. */
  public Descriptors {
    if (room.isPresent() && (room.get() < 0 || room.get() > MOST)) {
      throw new InvalidValue("room", "'room' must be from 0 to %d descriptors".formatted(MOST));
    }
  }

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
    return "descriptors (%d more)".formatted(room.orElse(0));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    ProcessRef process = Processes.of(target);
    long limit = limit(target);
    Action giveBack = new Action.FreeDescriptors(process, limit);
    Step take =
        new Step(
            new Action.LimitDescriptors(process, room.orElse(0)),
            Optional.of(proof(process, true, limit)),
            Optional.of(new Step.Undo(giveBack, Optional.of(proof(process, false, limit)))));
    return List.of(Fuses.around(setting, process.name(), List.of(giveBack)), take);
  }

  /** What it may have now; nothing while it does not run, as it is planned anew when it does. */
  private static long limit(Instance target) {
    if (!(target instanceof Instance.ProcessInstance process) || process.descriptors().isEmpty()) {
      return 0;
    }
    DescriptorAccess access = process.descriptors().get();
    if (access.closed().isPresent()) {
      throw new FaultRefused(access.closed().get());
    }
    return access.limit();
  }

  private static Proof proof(ProcessRef process, boolean scarce, long limit) {
    return new Proof(
        new Query.DescriptorStatus(process),
        new Expectation.DescriptorLimit(scarce, limit),
        SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return Fuses.endsBy(setting);
  }
}
