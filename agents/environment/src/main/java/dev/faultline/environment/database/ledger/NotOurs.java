package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.Answer.Owner;

/** The place that a ledger wants is somebody's already. */
public final class NotOurs extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param place what is there, such as {@code table faultline_ledger}
   */
  public NotOurs(Owner owner, String place) {
    super(words(owner, place));
  }

  private static String words(Owner owner, String place) {
    return switch (owner) {
      case ANOTHER_RUN ->
          "another run of Faultline keeps its ledger here, or died with it: end that run, or let"
              + " 'faultline undo' remove its "
              + place;
      case OURS -> "this run's %s is here already".formatted(place);
      case FOREIGN, NOBODY ->
          "a %s is here that is not Faultline's; it was left alone: rename it".formatted(place);
    };
  }
}
