package dev.faultline.judge.twosample;

/**
 * How many of the things in one block of time had a property.
 *
 * @param hits those that had it; from 0 to {@code of}
 * @param of all of them
 */
public record Share(long hits, long of) {

  /** Refuses more hits than things. */
  public Share {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException("%d of %d is no share".formatted(hits, of));
    }
  }
}
