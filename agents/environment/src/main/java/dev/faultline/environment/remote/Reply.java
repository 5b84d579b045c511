package dev.faultline.environment.remote;

import dev.faultline.model.codec.OneOf;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;

/** What the program on a host replies. */
sealed interface Reply {

  /** It is ready. */
  record Begun() implements Reply {}

  /** What a target stands for. */
  record Found(Facts facts) implements Reply {}

  /** What came of an action. */
  record Applied(Effect effect) implements Reply {}

  /** What a question got. */
  record Answered(Answer answer) implements Reply {}

  /** The request could not be met at all. */
  record Refused(String why) implements Reply {}

  /**
   * A reply on its way: one line of JSON.
   *
   * @param id that of the request
   */
  record Return(long id, @OneOf Reply reply) {}
}
