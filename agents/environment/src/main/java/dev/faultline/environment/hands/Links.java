package dev.faultline.environment.hands;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Query;
import java.util.Optional;

/**
 * The links of an environment that can be disturbed. Every method may be called from any thread.
 */
public interface Links {

  /** Of an environment without any. */
  Links NONE =
      new Links() {
        @Override
        public Effect disturb(Action.DisturbLink action) {
          return new Effect.Failed("there is no relay on %s here".formatted(action.link()));
        }

        @Override
        public Effect restore(Action.RestoreLink action) {
          return new Effect.Done("there is no relay on %s any more".formatted(action.link()));
        }

        @Override
        public Optional<Effect> renew() {
          return Optional.empty();
        }

        @Override
        public Answer status(Query.LinkStatus query) {
          return new Answer.LinkIs(query.what(), LinkReading.NOTHING);
        }
      };

  /** Lets the relay of a link disturb its traffic. */
  Effect disturb(Action.DisturbLink action);

  /** Ends a disturbance, if it is in force. */
  Effect restore(Action.RestoreLink action);

  /** Prolongs the lease of what is disturbed; returns what is wrong with it. */
  Optional<Effect> renew();

  /** What was measured of a disturbance; answered by {@link Answer.LinkIs}. */
  Answer status(Query.LinkStatus query);
}
