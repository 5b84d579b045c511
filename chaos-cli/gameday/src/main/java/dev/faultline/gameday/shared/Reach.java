package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.OutOfReach;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether the store can be used, which is said when it changes. Thread-safe. */
final class Reach {

  private final String place;
  private final Consumer<String> says;
  private Optional<String> lost = Optional.empty();
  private Optional<String> skewed = Optional.empty();

  Reach(StoreAddress address, Consumer<String> says) {
    this.place = address.shown();
    this.says = says;
  }

  /** Something else happened that people want to know. */
  void say(String words) {
    says.accept(words);
  }

  /** It did not do what it was asked to. */
  synchronized OutOfReach lost(SQLException failure) {
    String reason = Tables.reason(failure);
    if (lost.isEmpty()) {
      says.accept(
          "The store %s is out of reach (%s): nothing begins until it is back; what is on goes on."
              .formatted(place, reason));
    }
    lost = Optional.of(reason);
    return new OutOfReach(reason);
  }

  synchronized boolean isLost() {
    return lost.isPresent();
  }

  /** A whole check-in went well. */
  synchronized void back() {
    if (lost.isPresent()) {
      says.accept("The store %s is back.".formatted(place));
    }
    lost = Optional.empty();
  }

  synchronized void compared(ClockOffset offset) {
    Optional<String> before = skewed;
    skewed = offset.tooFar() ? Optional.of(offset.words()) : Optional.empty();
    if (before.isEmpty() && skewed.isPresent()) {
      says.accept("Nothing begins here: %s.".formatted(skewed.get()));
    }
    if (before.isPresent() && skewed.isEmpty()) {
      says.accept("The clocks agree again.");
    }
  }

  /** Throws where nothing may be decided now. */
  synchronized void require() throws OutOfReach {
    Optional<String> trouble = lost.or(() -> skewed);
    if (trouble.isPresent()) {
      throw new OutOfReach(trouble.get());
    }
  }
}
