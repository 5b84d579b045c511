package dev.faultline.load;

/** Which requests of a load are tagged: evenly spread, known beforehand. Used by one thread. */
final class Tags {

  private final double share;
  private long asked;

  private Tags(double share) {
    this.share = share;
  }

  /** Such a share of them, from 0 to 1. */
  static Tags of(double share) {
    return new Tags(share);
  }

  /** Whether the next request is. */
  boolean next() {
    // A hair more, as shares such as 0.1 are a hair less than they say.
    long before = (long) (asked * share + 1e-9);
    asked++;
    return (long) (asked * share + 1e-9) > before;
  }
}
