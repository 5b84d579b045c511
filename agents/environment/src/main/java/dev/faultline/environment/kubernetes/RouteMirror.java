package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.node.cluster.MirroredField;
import dev.faultline.node.cluster.MirroredRules;
import dev.faultline.node.cluster.UnreadableNote;
import java.util.List;
import java.util.Optional;

/** The mirrors of a route, as notes and objects have them. */
final class RouteMirror {

  private static final double PERCENT = 100;

  private RouteMirror() {}

  /** Where the same mirrors are for the code that writes them. */
  static MirroredField rules(ObjectField.Mirrored field) {
    return new MirroredField(
        rules(new ObjectField.Weights(field.of(), field.stable(), field.canary())),
        field.percent());
  }

  private static MirroredRules rules(ObjectField.Weights field) {
    return new MirroredRules(WeightedRoute.rules(field));
  }

  /** What a note says of them; empty where it says nothing. */
  static Optional<ObjectField.Mirrored> noted(UndoNote.Entry entry) {
    return entry.changes().stream()
        .map(FieldChange::field)
        .filter(ObjectField.Mirrored.class::isInstance)
        .map(ObjectField.Mirrored.class::cast)
        .findFirst();
  }

  /**
   * How copies are to be noted.
   *
   * @param copies of which part of the requests, above 0 and at most 1
   */
  static ObjectField.Mirrored field(WeightedRoute seen, double copies) {
    ObjectField.Weights split = seen.field();
    return new ObjectField.Mirrored(
        split.of(), split.stable(), split.canary(), (int) Math.round(copies * PERCENT));
  }

  /** Copies come. */
  static FieldChange on(ObjectField.Mirrored field) {
    return new FieldChange(field, Optional.empty(), Optional.of(MirroredField.ON));
  }

  /** Copies go, how many they may have become. */
  static FieldChange off(ObjectField.Mirrored field) {
    return new FieldChange(field, Optional.of(MirroredField.ON), Optional.empty());
  }

  /** Whether anything is copied to the canary. */
  static boolean isOn(WeightedRoute seen, ObjectField.Mirrored field) {
    return FieldAccess.stated(seen.object(), field).isPresent();
  }

  /**
   * Of which part of the requests a copy goes to the canary; nothing where none does.
   *
   * @throws ApiTrouble when rules do not agree
   */
  static Optional<Double> copies(WeightedRoute seen) throws ApiTrouble {
    try {
      List<Integer> percents =
          rules(seen.field()).in(seen.object().toString()).stream().distinct().toList();
      if (percents.size() > 1) {
        throw new ApiTrouble(
            BlindReason.REFUSED,
            "the rules of %s mirror requests differently: %s %%".formatted(seen.words(), percents));
      }
      return percents.stream()
          .filter(percent -> percent > 0)
          .map(percent -> percent / PERCENT)
          .findFirst();
    } catch (UnreadableNote torn) {
      throw unreadable(seen, torn);
    }
  }

  /** Why requests cannot be mirrored in a route, in words; empty where they can. */
  static Optional<String> refusal(WeightedRoute seen) throws ApiTrouble {
    try {
      return rules(seen.field()).anyIn(seen.object().toString())
          ? Optional.of(
              "a rule of %s mirrors requests already; take that out, or leave out the step"
                  .formatted(seen.words()))
          : Optional.empty();
    } catch (UnreadableNote torn) {
      throw unreadable(seen, torn);
    }
  }

  private static ApiTrouble unreadable(WeightedRoute seen, UnreadableNote torn) {
    return new ApiTrouble(
        BlindReason.MALFORMED, "%s: %s".formatted(seen.words(), torn.getMessage()));
  }
}
