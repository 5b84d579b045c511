package dev.faultline.model.world;

/** What a node of a database is, as far as can be seen. */
public enum NodeRole {
  /** Takes writes. */
  PRIMARY,
  /** Follows a primary. */
  STANDBY,
  /** Does not answer; why is not known. */
  UNREACHABLE,
  /** Lives, and is kept from being reached. */
  CUT_OFF,
  /** Does not run. */
  GONE;

  /** The role as people write it. */
  public String words() {
    return switch (this) {
      case PRIMARY -> "primary";
      case STANDBY -> "standby";
      case UNREACHABLE -> "unreachable";
      case CUT_OFF -> "cut off";
      case GONE -> "gone";
    };
  }
}
