package dev.faultline.canary;

import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Claim;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.ShareEvidence;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.rollout.Comparison;

/**
 * What is known of one comparison by now, as a pure function of its looks. Evidence is carried from
 * step to step.
 *
 * @param worse evidence that the canary is worse than tolerated
 * @param notWorse evidence that it is no worse than what is to be proven
 * @param canary all that the canary did
 * @param stable all that stable did meanwhile
 * @param blind how many looks in a row saw nothing
 */
record Judgement(
    Comparison comparison,
    Evidence worse,
    Evidence notWorse,
    Traffic canary,
    Traffic stable,
    int blind) {

  private static final double LEANS = Math.log(2);
  private static final Traffic NONE = new Traffic(0, 0);

  static Judgement of(Comparison comparison) {
    return new Judgement(
        comparison,
        ShareEvidence.of(Claim.WORSE, comparison.tolerated()),
        ShareEvidence.of(Claim.NOT_WORSE, comparison.proven()),
        NONE,
        NONE,
        0);
  }

  Judgement after(Look look) {
    return new Judgement(
        comparison,
        worse.after(look),
        notWorse.after(look),
        plus(canary, look.canary()),
        plus(stable, look.stable()),
        0);
  }

  Judgement unseen() {
    return new Judgement(comparison, worse, notWorse, canary, stable, blind + 1);
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

  /** Whether the canary is shown to be good enough. */
  boolean acquits(Alpha alpha) {
    return alpha.reached(notWorse);
  }

  /** What both versions did, in words. */
  String words() {
    String what = comparison.measure().words();
    return "%.0f of %.0f requests %s at the canary, %.0f of %.0f at stable"
        .formatted(canary.bad(), canary.requests(), what, stable.bad(), stable.requests());
  }
}
