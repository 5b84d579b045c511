package dev.faultline.node.http;

/** What is to be done with the body of an answer. */
sealed interface BodyPlan {

  /** Passed on as it comes. */
  record Pass() implements BodyPlan {}

  /** Something else is sent, whatever comes. */
  record Replace() implements BodyPlan {}

  /** It is needed whole; when it is not too long for that, it may change. */
  record Collect() implements BodyPlan {

    /** The most bytes of a body that are held; also unpacked. */
    static final int MOST = 16 << 20;
  }
}
