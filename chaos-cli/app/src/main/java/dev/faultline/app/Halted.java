package dev.faultline.app;

import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.journal.RunStore;
import java.io.IOException;
import java.util.Optional;

/** Whether the runs of this user are halted. */
final class Halted {

  private Halted() {}

  /** Who halted them, when and why; empty where they may begin. */
  static Optional<String> here(RunStore store) {
    try {
      return store.lever().pulled().map(Lever.Pulled::words);
    } catch (IOException unreadable) {
      return Optional.of("whether runs are halted cannot be read: " + unreadable.getMessage());
    }
  }
}
