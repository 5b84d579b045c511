package dev.faultline.model.policy;

import dev.faultline.model.codec.InvalidValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * An example for a policy.
 *
 * @param name what it shows
 * @param file a file of experiments or rollouts, from the folder of this one; or else {@code
 *     manifests}
 * @param manifests a file of objects of Kubernetes
 * @param now when it is judged, such as {@code 2026-11-27T10:00:00Z}; the time of the test when
 *     absent
 * @param approvedBy who has approved the plans of {@code file}; nobody when absent
 * @param breaks exactly these rules are broken; none when absent
 */
public record PolicyCase(
    String name,
    Optional<String> file,
    Optional<String> manifests,
    Optional<Instant> now,
    List<String> approvedBy,
    List<String> breaks) {

  /** Requires a name, and one thing to judge. */
  public PolicyCase {
    InvalidValue.required(name, "name");
    approvedBy = List.copyOf(approvedBy);
    breaks = List.copyOf(breaks);
    if (file.isPresent() == manifests.isPresent()) {
      throw new InvalidValue(
          file.isPresent() ? "manifests" : "name",
          "an example is a 'file' of experiments, or 'manifests'");
    }
    if (manifests.isPresent() && !approvedBy.isEmpty()) {
      throw new InvalidValue("approvedBy", "plans are approved, and manifests are not");
    }
    if (new HashSet<>(breaks).size() < breaks.size()) {
      throw new InvalidValue("breaks", "a rule stands here twice");
    }
  }
}
