package dev.faultline.fuzz;

/** A reader that breaks, to see that this is seen. */
public final class BrokenTarget {

  private BrokenTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1 && input[0] == 'F' && input[1] != 'A') {
      throw new IllegalStateException("broken");
    }
  }
}
