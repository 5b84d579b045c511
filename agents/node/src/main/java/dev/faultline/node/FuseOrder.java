package dev.faultline.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a {@link Fuse} is told when it is armed: whom it belongs to, what it watches, what it does.
 *
 * @param runId the run it belongs to: 1 to 64 letters, digits, {@code . _ -}, no leading sign
 * @param fault the fault whose undo it holds, which also names the fuse; written as the run id is
 * @param lease the absolute path of the lease file
 * @param staleness within which the counter of the lease must change: 20 ms to 24 h
 * @param poll how often the lease is looked at: 1 ms to half the staleness
 * @param actions the undo, in order: 1 to {@value #MAX_ACTIONS}
 */
public record FuseOrder(
    String runId,
    String fault,
    Path lease,
    Duration staleness,
    Duration poll,
    List<FuseAction> actions) {

  static final int MAX_ACTIONS = 64;
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_PATH = 4096;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException when a part is out of its bounds
   */
  public FuseOrder {
    requireName("run id", runId);
    requireName("fault name", fault);
    if (!lease.isAbsolute()
        || lease.getFileName() == null
        || lease.toString().length() > LONGEST_PATH) {
      throw new IllegalArgumentException("not an absolute path of a lease file: '" + lease + "'");
    }
    Bounds.require("staleness", staleness, Duration.ofMillis(20), Duration.ofHours(24));
    Bounds.require("poll", poll, Duration.ofMillis(1), staleness.dividedBy(2));
    actions = List.copyOf(actions);
    if (actions.isEmpty() || actions.size() > MAX_ACTIONS) {
      throw new IllegalArgumentException(
          "a fuse holds 1 to " + MAX_ACTIONS + " actions, not " + actions.size());
    }
  }

  /**
   * The longest time from the last renewal to the first action while the fuse can run: staleness
   * and one poll. A machine that starves the fuse itself may add one more staleness.
   */
  public Duration firesWithin() {
    return staleness.plus(poll);
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a " + what + ": '" + name + "' (1 to 64 letters, digits, '.', '_', '-')");
    }
  }
}
