package dev.faultline.model.world;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Load;
import java.time.Duration;
import java.util.List;

/** One change to the world. Applying an undo twice does what applying it once does. */
public sealed interface Action {

  /** The action in words, free of anything that differs between two runs of the same plan. */
  String describe();

  /** Sends a signal to one process, if it is still that process. */
  record SendSignal(ProcessRef process, ProcessSignal signal) implements Action {
    @Override
    public String describe() {
      return "send SIG%s to %s".formatted(signal, process.name());
    }
  }

  /** Runs a program of the user's, with arguments as given, and waits for its end. */
  record RunCommand(List<String> argv, Duration timeout) implements Action {
    /** Refuses an empty command. */
    public RunCommand {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new InvalidValue("a command needs at least the program's name");
      }
    }

    @Override
    public String describe() {
      return "run " + String.join(" ", argv);
    }
  }

  /**
   * Starts a detached watcher that applies the actions when the run's lease is not renewed.
   *
   * @param name names the fuse within the run
   * @param actions what it does, in order
   * @param lease how long the lease may stand still
   */
  record ArmFuse(String name, List<Action> actions, Duration lease) implements Action {
    /** Keeps the actions unchangeable. */
    public ArmFuse {
      actions = List.copyOf(actions);
    }

    @Override
    public String describe() {
      return "arm fuse %s: %s when the lease is %d s old"
          .formatted(
              name,
              String.join(", ", actions.stream().map(Action::describe).toList()),
              lease.toSeconds());
    }
  }

  /** Ends a fuse without its effect. */
  record DisarmFuse(String name) implements Action {
    @Override
    public String describe() {
      return "disarm fuse " + name;
    }
  }

  /** Lets a fuse undo at once: the way out when the journal cannot be read. */
  record FireFuse(String name) implements Action {
    @Override
    public String describe() {
      return "fire fuse " + name;
    }
  }

  /** Tells every fuse of the run that its controller lives. */
  record RenewLease() implements Action {
    @Override
    public String describe() {
      return "renew the lease";
    }
  }

  /** Starts the load of the experiment. */
  record StartLoad(Load load) implements Action {
    @Override
    public String describe() {
      return "start load %s at %s".formatted(load.http(), load.rate());
    }
  }

  /** Ends the load. */
  record StopLoad() implements Action {
    @Override
    public String describe() {
      return "stop the load";
    }
  }
}
