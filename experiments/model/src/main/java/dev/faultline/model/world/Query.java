package dev.faultline.model.world;

import java.time.Duration;
import java.util.List;

/** One question to the world. Asking changes nothing. */
public sealed interface Query {

  /** The question in words, or in the language of whom it is put to. */
  String text();

  /** How a process stands. Answered by {@link Answer.ProcessIs}. */
  record ProcessStatus(ProcessRef process) implements Query {
    @Override
    public String text() {
      return "process " + process.name();
    }
  }

  /** Whether a fuse is armed. Answered by {@link Answer.FuseIs}. */
  record FuseStatus(String name) implements Query {
    @Override
    public String text() {
      return "fuse " + name;
    }
  }

  /** What of the run is found in the world itself. Answered by {@link Answer.Marked}. */
  record Marks() implements Query {
    @Override
    public String text() {
      return "marks of the run";
    }
  }

  /** What a program of the user's says by its exit code. Answered by {@link Answer.Exited}. */
  record CommandStatus(List<String> argv, Duration timeout) implements Query {
    /** Keeps the arguments unchangeable. */
    public CommandStatus {
      argv = List.copyOf(argv);
    }

    @Override
    public String text() {
      return String.join(" ", argv);
    }
  }

  /** A PromQL expression at the present moment. Answered by {@link Answer.Series}. */
  record PromInstant(String expression) implements Query {
    @Override
    public String text() {
      return expression;
    }
  }

  /** A PromQL expression over the last while. Answered by {@link Answer.Series}. */
  record PromRange(String expression, Duration over, Duration step) implements Query {
    @Override
    public String text() {
      return "%s over %d s".formatted(expression, over.toSeconds());
    }
  }

  /**
   * What the load met in its newest complete seconds. Answered by {@link Answer.LoadFigures}.
   *
   * <p>A second is complete when all of its requests have ended, so that with a target that hangs
   * the newest is as old as the timeout of the load and one second more. How old it is does not
   * matter up to that timeout and 3 s; beyond, there are no figures.
   *
   * @param over how many seconds, rounded up
   */
  record LoadStatus(Duration over) implements Query {
    @Override
    public String text() {
      return "load over %d s".formatted(over.toSeconds());
    }
  }
}
