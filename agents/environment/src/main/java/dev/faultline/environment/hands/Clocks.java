package dev.faultline.environment.hands;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.util.Optional;

/**
 * The clocks of processes that Faultline starts itself. Every method may be called from any thread.
 */
public interface Clocks {

  /** Of an environment whose processes others start. */
  Clocks NONE =
      new Clocks() {
        @Override
        public Effect shift(Action.ShiftClock action) {
          return new Effect.Failed("nobody here starts %s again".formatted(action.process()));
        }

        @Override
        public Effect restore(Action.RestoreClock action) {
          return new Effect.Done("%s has no other clock here".formatted(action.process()));
        }

        @Override
        public Optional<Effect> renew() {
          return Optional.empty();
        }

        @Override
        public Answer possible(Query.ClockPossible query) {
          return new Answer.ClockCanBe(
              Optional.of(
                  ("a clock is set off when its process is started, and Faultline does not start"
                          + " %s; only processes of a lab can have another clock")
                      .formatted(query.process())));
        }

        @Override
        public Answer status(Query.ClockStatus query) {
          return new Answer.ClockIs(ClockReading.GONE);
        }
      };

  /** Starts a process again with another clock, and waits until it is healthy, within its time. */
  Effect shift(Action.ShiftClock action);

  /** Starts a process again with the right clock, if it has another; waits as above. */
  Effect restore(Action.RestoreClock action);

  /** Prolongs the lease of clocks that are off; returns what is wrong with it. */
  Optional<Effect> renew();

  /** Whether a process can be given another clock; answered by {@link Answer.ClockCanBe}. */
  Answer possible(Query.ClockPossible query);

  /** The clock of a process; answered by {@link Answer.ClockIs}. */
  Answer status(Query.ClockStatus query);
}
