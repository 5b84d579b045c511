package dev.faultline.load;

/**
 * What was sent in the newest full second.
 *
 * @param surging whether that second belonged to a surge
 * @param asked the rate that was asked for, in requests per second; of the whole load
 * @param sent how many requests were sent here
 */
public record Sent(boolean surging, double asked, long sent) {

  /** Before the first second is full. */
  static final Sent NOTHING = new Sent(false, 0, 0);
}
