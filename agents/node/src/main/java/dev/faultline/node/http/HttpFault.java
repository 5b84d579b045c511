package dev.faultline.node.http;

import java.util.List;

/**
 * What is done to which exchanges.
 *
 * @param share how many of the matching requests are chosen, 0 to 1; which ones follows from seed
 *     and the order in which they come
 * @param effects all of which happen to an exchange that is chosen; at least one, and at most one
 *     of each kind
 */
public record HttpFault(HttpMatch match, double share, long seed, List<HttpEffect> effects) {

  /**
   * @throws IllegalArgumentException when the share is not between 0 and 1, or effects are missing,
   *     twice there or contradict each other
   */
  public HttpFault {
    effects = List.copyOf(effects);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share %s is not between 0 and 1".formatted(share));
    }
    if (effects.isEmpty()) {
      throw new IllegalArgumentException("a fault without effects does nothing; give one");
    }
    long kinds = effects.stream().map(HttpEffect::getClass).distinct().count();
    if (kinds < effects.size()) {
      throw new IllegalArgumentException("an effect stands twice in " + effects);
    }
    if (effects.stream().anyMatch(HttpEffect::answers)
        && effects.stream().filter(HttpEffect::needsNoOtherAnswer).count() < effects.size() - 1) {
      throw new IllegalArgumentException(
          "an answer by the relay leaves no other to change: " + effects);
    }
  }
}
