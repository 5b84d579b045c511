package dev.faultline.serve.door;

/** The page cannot be served as it was asked for. */
public final class Unservable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String why;
  private final String fix;
  private final boolean wrong;

  private Unservable(String what, String why, String fix, boolean wrong) {
    super(what);
    this.what = what;
    this.why = why;
    this.fix = fix;
    this.wrong = wrong;
  }

  /** What was asked for cannot be. */
  public static Unservable wrong(String what, String why, String fix) {
    return new Unservable(what, why, fix, true);
  }

  /** What was asked for could be, but not here and now. */
  public static Unservable notHere(String what, String why, String fix) {
    return new Unservable(what, why, fix, false);
  }

  /** What cannot be done. */
  public String what() {
    return what;
  }

  /** Why not. */
  public String why() {
    return why;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }

  /** Whether it never could be, whatever the machine. */
  public boolean isWrong() {
    return wrong;
  }
}
