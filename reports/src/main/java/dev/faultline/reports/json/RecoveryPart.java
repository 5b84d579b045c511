package dev.faultline.reports.json;

import dev.faultline.model.summary.Figures;
import dev.faultline.model.summary.Moment;
import java.util.Optional;

/**
 * The moments of the failure; one that was not seen is left out.
 *
 * @param uncertaintySeconds how far impact, alert and steady can be off, either way
 */
public record RecoveryPart(
    Optional<MomentPart> inject,
    Optional<MomentPart> impact,
    Optional<MomentPart> detect,
    Optional<MomentPart> alert,
    Optional<MomentPart> mitigate,
    Optional<MomentPart> revert,
    Optional<MomentPart> steady,
    Optional<Double> timeToDetectSeconds,
    Optional<Double> timeToMitigateSeconds,
    Optional<Double> timeToRecoverSeconds,
    double uncertaintySeconds) {

  /** One moment with what shows it. */
  public record MomentPart(double atSeconds, String evidence) {
    static MomentPart of(Moment moment) {
      return new MomentPart(Seconds.of(moment.elapsed()), moment.evidence());
    }
  }

  static RecoveryPart of(Figures figures) {
    return new RecoveryPart(
        figures.inject().map(MomentPart::of),
        figures.impact().map(MomentPart::of),
        figures.detect().map(MomentPart::of),
        figures.alert().map(MomentPart::of),
        figures.mitigate().map(MomentPart::of),
        figures.revert().map(MomentPart::of),
        figures.steady().map(MomentPart::of),
        Seconds.of(figures.timeToDetect()),
        Seconds.of(figures.timeToMitigate()),
        Seconds.of(figures.timeToRecover()),
        Seconds.of(figures.uncertainty()));
  }
}
