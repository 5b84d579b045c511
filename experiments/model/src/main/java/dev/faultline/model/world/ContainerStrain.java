package dev.faultline.model.world;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is taken of that which a container has, by a process in its control groups: its limits are
 * met, and it is counted as its own.
 */
public sealed interface ContainerStrain extends Strain {

  /** What an order to an agent takes, and its answer. */
  Duration WAYS = Duration.ofSeconds(15);

  /** What a node has left is told by its agent alone, which looks when it begins. */
  @Override
  default Optional<String> refusal(MachineRoom room) {
    return Optional.empty();
  }

  /**
   * Processor time.
   *
   * @param share of all that the container may use, or of each of the cores; above 0 and at most 1
   * @param cores how many; all that it may use when empty
   * @param limit the time of how many it may use, by its pod; that of all of its node when empty
   */
  record ContainerCpu(double share, Optional<Integer> cores, Optional<Double> limit)
      implements ContainerStrain {

    @Override
    public String words() {
      return "%s of %s"
          .formatted(
              Spelled.share(share),
              cores
                  .map(number -> Spelled.count(number, "core") + limitWords())
                  .orElseGet(this::allWords));
    }

    private String limitWords() {
      return limit
          .map(most -> " (its CPU limit is %s)".formatted(cores(most)))
          .orElse(" (it has no CPU limit)");
    }

    private String allWords() {
      return limit
          .map(most -> "its CPU limit (%s)".formatted(cores(most)))
          .orElse("all cores of its node (it has no CPU limit)");
    }

    private static String cores(double number) {
      String text =
          BigDecimal.valueOf(number)
              .setScale(3, RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString();
      return text.equals("1") ? "1 core" : text + " cores";
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return new Strain.Cpu(share, cores).shownBy(reading);
    }

    @Override
    public String measured(StrainReading reading) {
      return String.format(
          Locale.ROOT,
          "the time of %.2f cores is used, of %.2f asked; %.2f cores of %s are idle",
          reading.held(),
          reading.asked(),
          reading.left(),
          limit.isPresent() ? "its limit" : "its node");
    }

    @Override
    public Duration heldWithin() {
      return new Strain.Cpu(share, cores).heldWithin().plus(WAYS);
    }
  }

  /**
   * Memory that is really touched.
   *
   * @param bytes how much
   * @param leave how much must stay available on the node
   * @param limit how much the container may use in all, by its pod; no limit when empty
   */
  record ContainerMemory(long bytes, long leave, Optional<Long> limit) implements ContainerStrain {

    @Override
    public String words() {
      return "%s of memory (%s), while %s stay available on its node"
          .formatted(
              Spelled.size(bytes),
              limit
                  .map(most -> "its limit is %s".formatted(Spelled.size(most)))
                  .orElse("it has no limit"),
              Spelled.size(leave));
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return new Strain.Memory(bytes, leave).shownBy(reading);
    }

    @Override
    public String measured(StrainReading reading) {
      return "%s are resident, %s are left to it"
          .formatted(Spelled.amount(reading.held()), Spelled.amount(reading.left()));
    }

    @Override
    public Duration heldWithin() {
      return new Strain.Memory(bytes, leave).heldWithin().plus(WAYS);
    }
  }
}
