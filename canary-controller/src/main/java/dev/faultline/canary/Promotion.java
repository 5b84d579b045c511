package dev.faultline.canary;

import java.util.ArrayList;
import java.util.List;

/** With what evidence a canary is promoted. */
final class Promotion {

  private Promotion() {}

  /** The evidence of all comparisons by now, in words. */
  static String words(RolloutState rollout) {
    List<String> proven = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Judgement judgement : rollout.judgements()) {
      String said = "%s (%s)".formatted(judgement.comparison().title(), judgement.words());
      (judgement.acquits(rollout.alpha()) ? proven : open).add(said);
    }
    String shown =
        proven.isEmpty() ? "" : "shown to be not much worse in " + String.join(", ", proven);
    String unshown =
        open.isEmpty()
            ? ""
            : "without evidence that it is not much worse in " + String.join(", ", open);
    return "%s serves all traffic, %s%s%s"
        .formatted(
            rollout.spec().canary(),
            shown,
            shown.isEmpty() || unshown.isEmpty() ? "" : "; ",
            unshown);
  }
}
