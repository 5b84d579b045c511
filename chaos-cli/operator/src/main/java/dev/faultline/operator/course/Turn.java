package dev.faultline.operator.course;

/** What is to be done about an object. */
public sealed interface Turn {

  /** Nothing, until something changes. */
  record Nothing() implements Turn {}

  /** Its run begins. */
  record Begin() implements Turn {}

  /**
   * Its run, which this replica makes, is to withdraw its faults and end.
   *
   * @param why in a few words
   */
  record Halt(String why) implements Turn {}

  /**
   * Its run, which this replica makes and which waits for a person, goes on.
   *
   * @param by who says so
   */
  record Approve(String by) implements Turn {}

  /** The replica that made its run is gone: what that left is to be taken back. */
  record TakeOver() implements Turn {}

  /** Nothing of it is in force: nobody need keep it. */
  record Release() implements Turn {}
}
