package dev.faultline.app;

/** The command line asks for something that cannot be. */
final class UsageError extends Exception {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String why;
  private final String fix;

  UsageError(String what, String why, String fix) {
    super(what);
    this.what = what;
    this.why = why;
    this.fix = fix;
  }

  String what() {
    return what;
  }

  String why() {
    return why;
  }

  String fix() {
    return fix;
  }
}
