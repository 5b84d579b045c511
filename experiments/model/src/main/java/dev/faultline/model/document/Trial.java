package dev.faultline.model.document;

import dev.faultline.model.rollout.Comparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A step of a rollout in which both versions bear the same faults at the same time.
 *
 * @param number of the step among all, from 0
 * @param step the step, which has faults
 * @param stable what the version that serves is called
 * @param canary what the new version is called
 */
public record Trial(int number, RolloutStep step, String stable, String canary) {

  /** A name of a comparison has no more letters. */
  private static final int LONGEST = 63;

  /** What it is called: its experiment, or its step. */
  public String title() {
    return step.experiment()
        .map(Trial::bare)
        .orElseGet(() -> "the faults of step %d".formatted(number + 1));
  }

  static String bare(String file) {
    return file.replaceFirst("^.*/", "")
        .replaceFirst("\\.ya?ml$", "")
        .replaceAll("[^a-zA-Z0-9 _.-]", "-");
  }

  /** A comparison of what both versions do meanwhile. */
  public Comparison under(Comparison comparison) {
    String name = "%s under %s".formatted(comparison.title(), title());
    return comparison.named(name.substring(0, Math.min(LONGEST, name.length())));
  }

  /** From the first begin to the last end, if each fault ends as it is planned to. */
  public Duration lasts() {
    return step.faults().stream()
        .map(this::end)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private Duration end(FaultStep fault) {
    Duration before =
        step.faults().stream()
            .filter(other -> fault.after().equals(Optional.of(other.title())))
            .findFirst()
            .map(this::end)
            .orElse(Duration.ZERO);
    return before
        .plus(fault.start().orElse(Duration.ZERO))
        .plus(fault.lasts().orElse(Duration.ZERO));
  }

  /**
   * All that is done: what is aimed at stable once more at the canary, the rest, which both meet,
   * once.
   */
  public List<FaultStep> faults() {
    List<FaultStep> all = new ArrayList<>();
    for (FaultStep fault : step.faults()) {
      Optional<FaultStep> other = fault.instead(stable, canary);
      if (other.isEmpty()) {
        all.add(named(fault, Optional.empty()));
      } else {
        all.add(named(fault, Optional.of("stable")));
        all.add(named(other.get().called(fault.title()), Optional.of("canary")));
      }
    }
    return List.copyOf(all);
  }

  private FaultStep named(FaultStep fault, Optional<String> version) {
    Optional<String> after = fault.after().map(before -> name(before, versionOf(before, version)));
    return fault.called(name(fault.title(), version)).following(after);
  }

  /** A fault that both versions meet comes first for both of them. */
  private Optional<String> versionOf(String title, Optional<String> version) {
    boolean twice =
        step.faults().stream()
            .filter(fault -> fault.title().equals(title))
            .anyMatch(fault -> fault.instead(stable, canary).isPresent());
    return twice ? version.or(() -> Optional.of("stable")) : Optional.empty();
  }

  private String name(String title, Optional<String> version) {
    String plain = title.replaceAll("[^a-zA-Z0-9._-]", "-");
    return "step%d.%s%s".formatted(number + 1, plain, version.map(one -> "." + one).orElse(""));
  }
}
