package dev.faultline.judge;

/** Why a signal could not be read. */
public enum BlindReason {
  /** The query gave no sample. */
  NO_DATA("no data"),
  /** The query gave a sample that is not a number. */
  NAN("not a number"),
  /** The newest sample is too old to speak about now. */
  STALE("stale data"),
  /** Several series where one number is needed. */
  AMBIGUOUS("several series"),
  /** The source warned that its answer is not complete. */
  PARTIAL("partial answer"),
  /** The source refused the question. */
  REFUSED("query refused"),
  /** The source did not answer, or answered that it cannot. */
  UNREACHABLE("source unreachable"),
  /** The source did not answer in time. */
  TIMEOUT("timeout"),
  /** The answer made no sense. */
  MALFORMED("malformed answer");

  private final String words;

  BlindReason(String words) {
    this.words = words;
  }

  /** The reason in two or three words. */
  public String words() {
    return words;
  }
}
