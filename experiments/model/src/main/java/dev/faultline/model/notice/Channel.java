package dev.faultline.model.notice;

/** How others are told. The permitted records are the words of the language. */
public sealed interface Channel permits Webhook, Slack, Silence, Annotation {

  /** Whether it tells people or programs what is to come, and does not only mark a time. */
  default boolean announces() {
    return false;
  }
}
