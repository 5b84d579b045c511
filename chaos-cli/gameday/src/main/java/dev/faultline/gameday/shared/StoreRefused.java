package dev.faultline.gameday.shared;

/** Why a store cannot be used; tells no password. */
public final class StoreRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final String why;
  private final String fix;

  /**
   * A refusal.
   *
   * @param what in a sentence without its end
   * @param why the reason
   * @param fix what to do
   */
  public StoreRefused(String what, String why, String fix) {
    super(what);
    this.why = why;
    this.fix = fix;
  }

  /** What is the matter. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** The reason. */
  public String why() {
    return why;
  }

  /** What to do. */
  public String fix() {
    return fix;
  }
}
