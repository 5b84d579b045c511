package dev.faultline.serve.door;

/** What becomes of a request. */
public sealed interface Decision {

  /** It is answered. */
  record Enter() implements Decision {}

  /** The token is asked for. */
  record SignIn() implements Decision {}

  /** A token was sent by the form. */
  record Presented() implements Decision {}

  /**
   * It is refused.
   *
   * @param status of HTTP
   * @param words why, as a sentence
   */
  record Refused(int status, String words) implements Decision {}
}
