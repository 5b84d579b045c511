package dev.faultline.model.document;

import dev.faultline.model.rollout.Comparison;
import java.util.Optional;

/**
 * What is judged of a canary: a comparison as it stands in the file, or the same while both
 * versions bear faults.
 *
 * @param trial the number of the step, from 0, in which the faults are; empty for all other times
 */
public record Judged(Comparison comparison, Optional<Integer> trial) {}
