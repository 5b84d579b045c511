package dev.faultline.model.world;

/**
 * What the process that holds a strain measured: cores (the time of so many) or bytes.
 *
 * @param holding whether such a process lives
 * @param asked how much is wanted, as far as that is known before
 * @param held how much it has
 * @param left how much the machine has left
 */
public record StrainReading(boolean holding, double asked, double held, double left) {

  /** Nothing is held, and so much is left. */
  public static StrainReading free(double left) {
    return new StrainReading(false, 0, 0, left);
  }
}
