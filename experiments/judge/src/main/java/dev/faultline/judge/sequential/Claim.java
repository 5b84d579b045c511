package dev.faultline.judge.sequential;

/** What evidence is gathered for. */
public enum Claim {
  /** The canary is worse than tolerated: a reason to abort. */
  WORSE,
  /** The canary is not worse than tolerated: a reason to promote. */
  NOT_WORSE
}
