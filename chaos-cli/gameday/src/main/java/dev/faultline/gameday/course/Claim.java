package dev.faultline.gameday.course;

/** What comes of claiming an occasion that somebody begins by hand. */
public sealed interface Claim {

  /** It is his: nobody else begins it, nor the game day while it is on. */
  record Mine() implements Claim {}

  /**
   * The game day is on; that will end.
   *
   * @param why since when and by whom, in a sentence without its end
   */
  record On(String why) implements Claim {}

  /**
   * It may not begin, whatever ends.
   *
   * @param why the reason, in a sentence without its end
   */
  record Refused(String why) implements Claim {}
}
