package dev.faultline.model.route;

/** Whose network address requests are told by. */
public enum Address {
  /** That of who connects to the router, as its configuration sees it. */
  CLIENT
}
