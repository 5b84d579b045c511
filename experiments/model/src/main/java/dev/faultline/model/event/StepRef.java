package dev.faultline.model.event;

/**
 * Names one step of one occurrence of a fault.
 *
 * @param fault name of the fault in the plan
 * @param occurrence from 0; above that only for repeated faults
 * @param target name of what is disturbed
 * @param step its place among the steps at this target, from 0
 */
public record StepRef(String fault, int occurrence, String target, int step) {
  @Override
  public String toString() {
    return "%s%s at %s, step %d"
        .formatted(fault, occurrence == 0 ? "" : " #" + (occurrence + 1), target, step + 1);
  }
}
