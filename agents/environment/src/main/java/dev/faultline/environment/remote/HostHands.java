package dev.faultline.environment.remote;

import dev.faultline.environment.hands.LocalInventory;
import dev.faultline.environment.hands.MachineHands;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.hands.Texts;
import dev.faultline.environment.lives.Folders;
import dev.faultline.model.environment.Local;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The hands of a run on the machine that this program runs on, and their folder, which is removed
 * once no fuse needs it any more. Thread-safe.
 */
final class HostHands implements AutoCloseable {

  private final MachineHands hands;
  private final Path folder;
  private final Consumer<String> complaints;
  private boolean closed;

  private HostHands(MachineHands hands, Path folder, Consumer<String> complaints) {
    this.hands = hands;
    this.folder = folder;
    this.complaints = complaints;
  }

  /**
   * Hands for a run; paths start at the folder that the program was started in.
   *
   * @param state where the user keeps the state of programs, if that was said
   * @param complaints hears of what is not as it should be
   */
  static HostHands of(Request.Begin begin, Optional<String> state, Consumer<String> complaints)
      throws IOException {
    Path home = Path.of("").toAbsolutePath();
    Path folder = StateFolder.of(begin.run(), state);
    RunPlace place =
        new RunPlace(
            begin.run(),
            folder,
            home,
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java"));
    return new HostHands(
        new MachineHands(
            place,
            LocalInventory.of(
                new Local(begin.processes()), home, seen -> complaints.accept(seen.words())),
            Texts.PLAIN),
        folder,
        complaints);
  }

  /** Does what is asked for. */
  Reply meet(Request request) {
    try {
      return switch (request) {
        case Request.Begin _ -> new Reply.Refused("this run has begun already");
        case Request.Find find -> new Reply.Found(hands.facts(find.target()));
        case Request.Apply apply -> new Reply.Applied(hands.apply(apply.action()));
        case Request.Ask ask -> new Reply.Answered(hands.ask(ask.query()));
      };
    } catch (RuntimeException bug) {
      return new Reply.Refused("internal error: " + bug);
    }
  }

  /** Ends everything but armed fuses. May be called twice. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    hands.close();
    try {
      if (hands.ask(new Query.Marks()) instanceof Answer.Marked marked
          && marked.fuses().isEmpty()) {
        Folders.remove(folder);
      }
    } catch (IOException left) {
      complaints.accept("cannot remove " + folder + ": " + left.getMessage());
    }
  }
}
