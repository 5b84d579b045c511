package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.route.Match;
import dev.faultline.node.cluster.MatchedField;
import dev.faultline.node.cluster.MatchedRules;
import dev.faultline.node.cluster.UnreadableNote;
import dev.faultline.node.cluster.WeightedRules;
import java.util.List;
import java.util.Optional;

/** The rules for matched requests, as notes and objects have them. */
final class RouteMatch {

  private RouteMatch() {}

  /** Where the same rules are for the code that writes them. */
  static MatchedRules rules(ObjectField.Matched field) {
    WeightedRules split =
        WeightedRoute.rules(new ObjectField.Weights(field.of(), field.stable(), field.canary()));
    return new MatchedRules(split, field.header(), field.cookie(), field.is());
  }

  /** What a note says of such rules; empty where it says nothing. */
  static Optional<ObjectField.Matched> noted(UndoNote.Entry entry) {
    return entry.changes().stream()
        .map(FieldChange::field)
        .filter(ObjectField.Matched.class::isInstance)
        .map(ObjectField.Matched.class::cast)
        .findFirst();
  }

  static Match match(ObjectField.Matched field) {
    return new Match(field.header(), field.cookie(), field.is());
  }

  /** Whether the rules are there. */
  static boolean isOn(WeightedRoute seen, ObjectField.Matched field) {
    return stated(seen, field).equals(Optional.of(MatchedField.ON));
  }

  /** Whether there is what cannot be told from rules that somebody has changed. */
  static boolean isChanged(WeightedRoute seen, ObjectField.Matched field) {
    return stated(seen, field).isPresent() && !isOn(seen, field);
  }

  /** Whether there are such rules, or others that may be ours. */
  static Optional<String> stated(WeightedRoute seen, ObjectField.Matched field) {
    return FieldAccess.stated(seen.object(), field);
  }

  /** The rules come, where they do not stand yet; what others wrote stays theirs. */
  static FieldChange on(ObjectField.Matched field) {
    return new FieldChange(field, Optional.empty(), Optional.of(MatchedField.ON));
  }

  /** The rules go. */
  static FieldChange off(ObjectField.Matched field) {
    return new FieldChange(field, Optional.of(MatchedField.ON), Optional.empty());
  }

  /**
   * How a match is to be noted: beside the rules that lead to the canary alone by now.
   *
   * @param before what is noted now, which goes
   */
  static ObjectField.Matched field(
      WeightedRoute seen, Match match, Optional<ObjectField.Matched> before) throws ApiTrouble {
    if (before.filter(one -> match(one).equals(match)).isPresent()) {
      return before.get();
    }
    ObjectField.Weights split = seen.field();
    ObjectField.Matched bare =
        new ObjectField.Matched(
            split.of(),
            split.stable(),
            split.canary(),
            match.header(),
            match.cookie(),
            List.copyOf(match.is()),
            0);
    MatchedRules.Found found = found(seen, bare);
    int replaced = before.isPresent() ? found(seen, before.get()).ours() : 0;
    if (found.ours() > replaced || (found.ours() > 0 && before.isEmpty())) {
      throw new ApiTrouble(
          BlindReason.REFUSED,
          "%s has a rule already that sends requests with %s to %s alone; take it out, or leave out the step"
              .formatted(seen.words(), match.words(), split.canary()));
    }
    return new ObjectField.Matched(
        bare.of(),
        bare.stable(),
        bare.canary(),
        bare.header(),
        bare.cookie(),
        bare.is(),
        found.ours() + found.others() - replaced);
  }

  /** Why requests cannot be matched so in a route, in words; empty where they can. */
  static Optional<String> refusal(WeightedRoute seen, Match match) {
    try {
      ObjectField.Matched field = field(seen, match, Optional.empty());
      String _ = seen.patch(seen.stated(), List.of(on(field)), seen.notes());
      return Optional.empty();
    } catch (ApiTrouble trouble) {
      return Optional.of(String.valueOf(trouble.getMessage()));
    }
  }

  private static MatchedRules.Found found(WeightedRoute seen, ObjectField.Matched field)
      throws ApiTrouble {
    try {
      return rules(field).in(seen.object().toString());
    } catch (UnreadableNote torn) {
      throw new ApiTrouble(
          BlindReason.MALFORMED, "%s: %s".formatted(seen.words(), torn.getMessage()));
    }
  }
}
