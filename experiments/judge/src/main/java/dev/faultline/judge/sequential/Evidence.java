package dev.faultline.judge.sequential;

/**
 * Evidence for a {@link Claim}, gathered look by look: an e-process. While the claim is false, the
 * chance that its e-value <em>ever</em> reaches {@code 1/α} is at most {@code α}, at whatever look
 * one stops and for whatever reason (Ville's inequality; A. Ramdas, P. Grünwald, V. Vovk and G.
 * Shafer, <i>Game-theoretic statistics and safe anytime-valid inference</i>, Statistical Science
 * 38, 2023). Where that line is, {@link Alpha} says.
 *
 * <p>Values are immutable: each look gives new evidence.
 */
public sealed interface Evidence permits ShareEvidence, CountEvidence {

  /**
   * The evidence with one more look. A look in which one version had no requests, or none of both
   * was bad, says nothing and changes nothing.
   */
  Evidence after(Look look);

  /**
   * The natural logarithm of the e-value, always finite: 0 at first, negative when it has shrunk.
   */
  double log();
}
