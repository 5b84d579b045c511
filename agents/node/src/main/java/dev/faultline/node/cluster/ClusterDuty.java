package dev.faultline.node.cluster;

import java.time.Duration;
import java.util.List;

/**
 * What a fuse in a cluster watches, and what it takes back.
 *
 * @param marked the object with the note
 * @param lease where the Lease is in the API
 * @param owner what owns the fuse and all that was made for it: its deletion removes them
 * @param patience how long the Lease may stand still
 */
public record ClusterDuty(Marked marked, String lease, String owner, Duration patience) {

  private static final int WORDS = 7;

  /**
   * An object that a run changes.
   *
   * @param path where it is in the API
   * @param uid what no other object ever has
   * @param mark names the change within the run
   */
  public record Marked(String path, String uid, String run, String mark) {}

  /** As the arguments of {@link ClusterFuse}. */
  public List<String> arguments() {
    return List.of(
        marked.path(),
        marked.uid(),
        marked.run(),
        marked.mark(),
        lease,
        owner,
        Long.toString(patience.toMillis()));
  }

  /**
   * From arguments.
   *
   * @throws IllegalArgumentException when they are not those of a duty
   */
  static ClusterDuty parse(List<String> words) {
    if (words.size() != WORDS) {
      throw new IllegalArgumentException(
          "wants %d arguments, and has %d".formatted(WORDS, words.size()));
    }
    return new ClusterDuty(
        new Marked(words.get(0), words.get(1), words.get(2), words.get(3)),
        words.get(4),
        words.get(5),
        Duration.ofMillis(Long.parseLong(words.getLast())));
  }
}
