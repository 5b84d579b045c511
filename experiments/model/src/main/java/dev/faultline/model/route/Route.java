package dev.faultline.model.route;

/**
 * A router that splits traffic between a stable version and a canary. The permitted records are the
 * words of the language.
 */
public sealed interface Route permits Haproxy, Nginx {

  /** Where traffic is split, in words, such as {@code backend orders of HAProxy}. */
  String words();

  /** What the version that serves is called there. */
  String stableName();

  /** What the new version is called there. */
  String canaryName();
}
