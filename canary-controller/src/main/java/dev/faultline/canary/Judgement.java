package dev.faultline.canary;

import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Claim;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.document.Judged;
import dev.faultline.model.rollout.Comparison;
import java.time.Duration;
import java.util.Locale;

/**
 * What is known of one comparison by now, as a pure function of its looks. Evidence is carried from
 * step to step.
 *
 * @param judged what is compared, and when
 * @param worse evidence that the canary is worse than tolerated
 * @param notWorse evidence that it is no worse than what is to be proven
 * @param canary all that the canary did
 * @param stable all that stable did meanwhile
 * @param quiet how many looks in a row brought nothing more against the canary
 * @param blind how many looks in a row saw nothing
 */
record Judgement(
    Judged judged,
    Evidence worse,
    Evidence notWorse,
    Traffic canary,
    Traffic stable,
    int quiet,
    int blind) {

  private static final double LEANS = Math.log(2);
  private static final Traffic NONE = new Traffic(0, 0);

  /** Too much against a canary to let a trial pass by which it is not yet blamed. */
  private static final double SUSPECTS = Math.log(3);

  static Judgement of(Judged judged) {
    Comparison comparison = judged.comparison();
    return new Judgement(
        judged,
        comparison.evidence(Claim.WORSE),
        comparison.evidence(Claim.NOT_WORSE),
        NONE,
        NONE,
        0,
        0);
  }

  Judgement after(Look look) {
    Evidence next = worse.after(look);
    return new Judgement(
        judged,
        next,
        notWorse.after(look),
        plus(canary, look.canary()),
        plus(stable, look.stable()),
        next.log() > worse.log() ? 0 : quiet + 1,
        0);
  }

  Judgement unseen() {
    return new Judgement(judged, worse, notWorse, canary, stable, quiet, blind + 1);
  }

  /** What is compared. */
  Comparison comparison() {
    return judged.comparison();
  }

  private static Traffic plus(Traffic all, Traffic more) {
    return new Traffic(all.requests() + more.requests(), all.bad() + more.bad());
  }

  /** Whether the canary is to be blamed. */
  boolean blames(Alpha alpha) {
    return alpha.reached(worse);
  }

  /** Whether more than two to one speaks against the canary: no moment to give it more traffic. */
  boolean leans() {
    return worse.log() >= LEANS;
  }

  /** Whether more than three to one speaks against the canary. */
  boolean suspects() {
    return worse.log() >= SUSPECTS;
  }

  /** Whether the canary is shown to be good enough. */
  boolean acquits(Alpha alpha) {
    return alpha.reached(notWorse);
  }

  /**
   * How much speaks against the canary, what would let it go on, and what would blame it.
   *
   * @param quiet for so long nothing more must speak against it
   */
  String odds(Alpha alpha, Duration quiet) {
    return "%s to 1 against it; below 2 to 1, or without more for %d s, it goes on, at %.0f to 1 it is blamed"
        .formatted(spelled(Math.exp(worse.log())), quiet.toSeconds(), Math.exp(alpha.line()));
  }

  private static String spelled(double odds) {
    return String.format(Locale.ROOT, odds >= 10 ? "%.0f" : "%.1f", odds);
  }

  /** What both versions did, in words. */
  String words() {
    String what = comparison().measure().words();
    return "%.0f of %.0f requests %s at the canary, %.0f of %.0f at stable"
        .formatted(canary.bad(), canary.requests(), what, stable.bad(), stable.requests());
  }
}
