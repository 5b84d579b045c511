package dev.faultline.model.event;

import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.judge.sequential.Interval;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Obedience;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import java.util.List;
import java.util.Optional;

/** One thing that happened in a run. The stream of them is all that a run is afterwards. */
public sealed interface Event {

  /** Whether the run may go on only once the event is safe on disk. */
  default boolean changesState() {
    return true;
  }

  /**
   * A run began.
   *
   * @param experiment name of the experiment
   * @param spec its content
   * @param environment where it runs, as resolved
   * @param file the file it came from, as the user named it
   * @param base the folder of the environment's file
   * @param control whether the faults are left out, to show the noise floor
   * @param host the machine, in words: system, processors, memory, Java
   * @param version version of Faultline
   * @param rollout what it is a run of, where that is a rollout; the spec is then what a rollout
   *     has in common with an experiment
   */
  record RunStarted(
      String run,
      String experiment,
      ExperimentSpec spec,
      EnvironmentSpec environment,
      String file,
      String base,
      boolean control,
      String host,
      String version,
      Optional<RolloutSpec> rollout)
      implements Event {

    /** The start of an experiment. */
    public RunStarted(
        String run,
        String experiment,
        ExperimentSpec spec,
        EnvironmentSpec environment,
        String file,
        String base,
        boolean control,
        String host,
        String version) {
      this(
          run, experiment, spec, environment, file, base, control, host, version, Optional.empty());
    }
  }

  /** A phase began, and the one before it ended. */
  record PhaseBegan(Phase phase) implements Event {}

  /** The plan was made; from here on only its targets are touched. */
  record Planned(Plan plan) implements Event {}

  /** A step is about to be applied: from here on it may be in force. */
  record StepIntended(StepRef ref, Step step) implements Event {}

  /** A step was applied. */
  record StepApplied(StepRef ref, Effect effect) implements Event {}

  /** The effect of a step was shown, or could not be. */
  record StepVerified(StepRef ref, Evidence evidence) implements Event {}

  /** The undo of a step is about to be applied. */
  record UndoIntended(StepRef ref) implements Event {}

  /**
   * What a step disturbs is gone while its fault goes on: the undo of the step is about to be
   * applied, so that another target can take its place.
   */
  record TargetGone(StepRef ref) implements Event {}

  /** The undo of a step was applied. */
  record UndoApplied(StepRef ref, Effect effect) implements Event {}

  /** The end of a step was shown, or could not be. */
  record UndoVerified(StepRef ref, Evidence evidence) implements Event {}

  /** Every step of an occurrence of a fault was applied, or one of them was not. */
  record FaultBegan(String fault, int occurrence, Evidence evidence) implements Event {}

  /** Nothing of an occurrence of a fault is in force, or that could not be shown. */
  record FaultEnded(String fault, int occurrence, Evidence evidence) implements Event {}

  /** A gate was read. */
  record GateRead(String gate, Reading reading, GateState.Status status) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /**
   * Stable and canary were compared over one block of time.
   *
   * @param comparison its name
   * @param look what both did; empty where one of them could not be seen
   * @param blind why not; empty where both were seen
   * @param worse the logarithm of the evidence, by now, that the canary is worse
   * @param notWorse the logarithm of the evidence, by now, that it is not
   */
  record Compared(
      String comparison, Optional<Look> look, Optional<String> blind, double worse, double notWorse)
      implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /**
   * The canary's part of the traffic was looked at, as both versions counted it.
   *
   * @param asked the part it was to have, from 0 to 1
   * @param mean what it had since the step began, from 0 to 1
   * @param interval where its true part lies
   * @param obedience whether traffic follows
   */
  record ShareSeen(double asked, double mean, Interval interval, Obedience obedience)
      implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /**
   * A step of a rollout has lasted as long as it was to last, and does not go on yet.
   *
   * @param words at which step, and why
   */
  record Held(String words) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /**
   * A rollout waits for a person to say that it goes on.
   *
   * @param step the number of the step that it waits in, from 0; as many as there are steps, when
   *     all traffic goes to the canary
   * @param words which step, and for how long
   * @param breach what it would otherwise be over for; empty where the step itself asks
   */
  record ApprovalAsked(int step, String words, Optional<Breach> breach) implements Event {}

  /**
   * A rollout gives the canary more pods in place of taking all traffic back.
   *
   * @param words how many, and from when on it counts what is seen
   * @param breach what it would otherwise be over for
   */
  record ScaledOut(String words, Breach breach) implements Event {}

  /**
   * A person said that a rollout goes on.
   *
   * @param step the number of the step that it waited in, from 0
   * @param by who
   * @param why what he added; may be empty
   */
  record Approved(int step, String by, String why) implements Event {}

  /**
   * All traffic stays with the new version: the shift is not taken back any more.
   *
   * @param fault the shift
   * @param words with what evidence
   */
  record Promoted(String fault, String words) implements Event {}

  /** Something was looked at that no gate watches; a reading of each of its figures. */
  record ObservationRead(String observation, List<Reading> readings) implements Event {
    /** Keeps the readings unchangeable. */
    public ObservationRead {
      readings = List.copyOf(readings);
    }

    @Override
    public boolean changesState() {
      return false;
    }
  }

  /** A second of the load is complete. */
  record LoadMeasured(LoadInterval interval) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /** A database was looked at. */
  record DatabaseRead(String database, DatabaseState state) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /** The writes of the ledger were accounted for, at the end of the run. */
  record LedgerRead(LedgerAccount account) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /** The environment did or saw something. */
  record Sighted(Sighting sighting) implements Event {
    @Override
    public boolean changesState() {
      return false;
    }
  }

  /**
   * The run leaves its timeline; every fault in force is withdrawn.
   *
   * @param gate the gate that is the reason, where it is one
   * @param words what happened, in one sentence without a full stop
   */
  record Stopping(StopReason reason, Optional<String> gate, String words) implements Event {}

  /** The run ended. */
  record Concluded(Verdict verdict) implements Event {}
}
