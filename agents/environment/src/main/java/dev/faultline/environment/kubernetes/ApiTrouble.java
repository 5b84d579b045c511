package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import java.net.HttpURLConnection;

/** The API server did not do as it was asked; the message says why. */
final class ApiTrouble extends Exception {

  private static final long serialVersionUID = 1;

  private final BlindReason reason;
  private final int code;

  ApiTrouble(BlindReason reason, String words) {
    this(reason, words, 0);
  }

  /**
   * The server refused.
   *
   * @param code as HTTP has it; 0 where there is none
   */
  ApiTrouble(BlindReason reason, String words, int code) {
    super(words);
    this.reason = reason;
    this.code = code;
  }

  /** Whether the user may not do it. */
  boolean isForbidden() {
    return code == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /** Whether there is no such thing. */
  boolean isMissing() {
    return code == HttpURLConnection.HTTP_NOT_FOUND;
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
