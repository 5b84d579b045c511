package dev.faultline.environment.hands;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.SendSignal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query.ProcessStatus;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.SignalResult;
import java.io.UncheckedIOException;

/** Signals to processes, and how they stand; each is first shown to be the one that is meant. */
final class Processes {

  Effect send(SendSignal action) {
    String name = action.process().name();
    try {
      ProcessIdentity process = ProcessIdentity.parse(action.process().identity());
      if (process.equals(ProcessIdentity.self())) {
        return new Effect.Failed(name + " is Faultline itself");
      }
      return switch (process.signal(posix(action.signal()))) {
        case SignalResult.Sent sent ->
            new Effect.Done("sent SIG%s to %s".formatted(action.signal(), name));
        case SignalResult.Gone gone -> new Effect.Superseded(name + " has ended or was replaced");
        case SignalResult.Denied(String message) ->
            new Effect.Failed(
                "cannot send SIG%s to %s: %s".formatted(action.signal(), name, message));
      };
    } catch (IllegalArgumentException | UncheckedIOException failure) {
      return new Effect.Failed(
          "cannot send SIG%s to %s: %s".formatted(action.signal(), name, failure.getMessage()));
    }
  }

  Answer status(ProcessStatus query) {
    try {
      return new Answer.ProcessIs(state(ProcessIdentity.parse(query.process().identity())));
    } catch (IllegalArgumentException unreadable) {
      return new Answer.Unanswered(BlindReason.REFUSED, String.valueOf(unreadable.getMessage()));
    } catch (UncheckedIOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE,
          "%s is not shown to us: %s".formatted(query.process().name(), hidden.getMessage()));
    }
  }

  static ProcessState state(ProcessIdentity process) {
    return switch (process.state()) {
      case RUNNING -> ProcessState.RUNNING;
      case STOPPED -> ProcessState.STOPPED;
      case GONE -> ProcessState.GONE;
    };
  }

  static PosixSignal posix(ProcessSignal signal) {
    return switch (signal) {
      case KILL -> PosixSignal.KILL;
      case TERM -> PosixSignal.TERM;
      case INT -> PosixSignal.INT;
      case STOP -> PosixSignal.STOP;
      case CONT -> PosixSignal.CONT;
    };
  }
}
