package dev.faultline.operator.course;

import java.util.Set;

/**
 * Decides what is to be done about an object, from what is seen of it alone. The leader begins
 * runs; whoever sees that a holder is gone takes back what it left, leader or not.
 *
 * @param leading whether this replica is the leader
 * @param room whether it may begin one more run where the object is
 * @param mine the runs that this replica makes
 * @param gone the replicas that show no sign of life
 */
public record Course(boolean leading, boolean room, Set<String> mine, Set<String> gone) {

  private static final Turn NOTHING = new Turn.Nothing();

  /** Keeps the sets unchangeable. */
  public Course {
    mine = Set.copyOf(mine);
    gone = Set.copyOf(gone);
  }

  /** What is to be done about this one. */
  public Turn of(Seen seen) {
    Status status = seen.status();
    if (status.phase().live()) {
      return live(seen, status);
    }
    if (!leading) {
      return NOTHING;
    }
    if (seen.kept()) {
      return new Turn.Release();
    }
    boolean wanted = !seen.ending() && !seen.sleeps() && !status.settles(seen);
    return wanted && room ? new Turn.Begin() : NOTHING;
  }

  private Turn live(Seen seen, Status status) {
    if (status.run().filter(mine::contains).isPresent()) {
      return seen.halted()
          .<Turn>map(Turn.Halt::new)
          .or(() -> status.awaits().flatMap(seen::approvedBy).map(Turn.Approve::new))
          .orElse(NOTHING);
    }
    return gone.contains(status.holder().orElse("")) ? new Turn.TakeOver() : NOTHING;
  }
}
