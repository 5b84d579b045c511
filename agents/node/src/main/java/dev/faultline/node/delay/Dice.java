package dev.faultline.node.delay;

/**
 * Seeded chance: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014). The same seed gives the same numbers on every machine.
 */
public final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** Chance that this seed drives. Not thread-safe. */
  public Dice(long seed) {
    this.state = seed;
  }

  /** A seed of its own for a part of what a seed drives. */
  public static long seed(long seed, long part) {
    return mix(mix(seed + GOLDEN) + (part + 1) * GOLDEN);
  }

  /** Where a connection stands among all, from 0 to 1. */
  public static double share(long seed, long connection) {
    return (seed(seed, connection) >>> 11) * 0x1.0p-53;
  }

  /** Evenly from 0 to 2<sup>32</sup> - 1. */
  public long next32() {
    state += GOLDEN;
    return mix(state) >>> 32;
  }

  /** Whether what has this chance, from 0 to 1, happens now. */
  public boolean hits(double chance) {
    return next32() * 0x1.0p-32 < chance;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
