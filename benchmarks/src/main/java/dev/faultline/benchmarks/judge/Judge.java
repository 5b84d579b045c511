package dev.faultline.benchmarks.judge;

import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.Look;

/** Something that watches one rollout. */
interface Judge {

  /** Whether it blames the canary now that it has seen one more look. */
  boolean blames(Look look);

  /** One that follows evidence up to a line. */
  static Judge by(Evidence none, Alpha alpha) {
    return new Judge() {
      private Evidence evidence = none;

      @Override
      public boolean blames(Look look) {
        evidence = evidence.after(look);
        return alpha.reached(evidence);
      }
    };
  }
}
