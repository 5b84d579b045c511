package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;

/** The API server did not do as it was asked; the message says why. */
final class ApiTrouble extends Exception {

  private static final long serialVersionUID = 1;

  private final BlindReason reason;
  private final boolean forbidden;

  ApiTrouble(BlindReason reason, String words) {
    this(reason, words, false);
  }

  ApiTrouble(BlindReason reason, String words, boolean forbidden) {
    super(words);
    this.reason = reason;
    this.forbidden = forbidden;
  }

  /** Whether the user may not do it. */
  boolean isForbidden() {
    return forbidden;
  }

  /** Why a question has no answer. */
  BlindReason reason() {
    return reason;
  }

  /** Why, in one line. */
  String words() {
    return "Kubernetes: " + getMessage();
  }

  /** As what comes of an action. */
  Effect failed() {
    return new Effect.Failed(words());
  }

  /** As what a question gets. */
  Answer unanswered() {
    return new Answer.Unanswered(reason, words());
  }
}
