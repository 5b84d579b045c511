package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.world.Sighting.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * How another node becomes the primary, and how the old one comes back. For one thread at a time.
 */
final class Succession {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

  private final PairPlan plan;
  private final Members members;
  private final Following following;
  private final BiConsumer<Kind, String> tell;

  /**
   * Nothing happens yet.
   *
   * @param tell hears what is done
   */
  Succession(PairPlan plan, Members members, Following following, BiConsumer<Kind, String> tell) {
    this.plan = plan;
    this.members = members;
    this.following = following;
    this.tell = tell;
  }

  /** Lets the other node take over from a primary that does not answer. */
  void failOver() throws NodeFailure, InterruptedException {
    Member old = members.primary();
    Optional<Member> next = members.other().filter(member -> member.node().isAlive());
    if (next.isEmpty()) {
      tell.accept(Kind.NOTE, "%s: nobody stands by for %s".formatted(plan.name(), old.name()));
      revive(old);
      return;
    }
    if (plan.spec().watchedBy().fences()) {
      boolean lived = old.node().isAlive();
      old.node().kill();
      if (lived) {
        tell.accept(Kind.NOTE, "%s fenced: killed".formatted(old.name()));
      }
    }
    promoteOrReturn(old, next.get());
  }

  /**
   * Lets the other node take over in order: nothing that was acknowledged is lost.
   *
   * @throws NodeFailure when it did not; the old primary takes writes again, unless it says not
   */
  void switchOver() throws NodeFailure, InterruptedException {
    Member old = members.primary();
    Member next =
        members
            .other()
            .filter(member -> member.node().isAlive())
            .orElseThrow(() -> new NodeFailure("nobody stands by for " + old.name()));
    Duration bound = plan.spec().watchedBy().bound();
    tell.accept(Kind.MITIGATED, "stopping %s, to promote %s".formatted(old.name(), next.name()));
    try {
      old.node().stop(bound);
    } catch (NodeFailure hangs) {
      old.node().kill();
      revive(old);
      throw hangs;
    }
    if (!promoteOrReturn(old, next)) {
      throw new NodeFailure("%s was not promoted".formatted(next.name()));
    }
  }

  /** Rebuilds a node that has ended as the standby of the primary. */
  void rejoin(Member standby) throws NodeFailure, InterruptedException {
    long began = System.nanoTime();
    Member primary = members.primary();
    following.rebuild(standby, primary);
    following.awaitStreaming(standby, primary, Deadline.in(STARTS_WITHIN));
    tell.accept(
        Kind.NOTE,
        "%s rejoined as standby, rebuilt in %s".formatted(standby.name(), Seconds.since(began)));
    if (plan.isSynchronous()) {
      following.beSynchronous(standby, primary, Deadline.in(STARTS_WITHIN));
    }
  }

  private boolean promoteOrReturn(Member old, Member next)
      throws NodeFailure, InterruptedException {
    tell.accept(Kind.MITIGATED, "promoting " + next.name());
    long began = System.nanoTime();
    Duration bound = plan.spec().watchedBy().bound();
    try {
      long timeline = promote(next, Deadline.in(bound));
      members.succeed(next);
      tell.accept(
          Kind.PROMOTED,
          "%s takes writes on timeline %d, after %s"
              .formatted(
                  next.name(),
                  timeline,
                  Seconds.precise(Duration.ofNanos(System.nanoTime() - began))));
      return true;
    } catch (SQLException failure) {
      tell.accept(
          Kind.NOTE,
          "promotion of %s given up after %s: %s"
              .formatted(next.name(), Seconds.since(began), Access.reason(failure)));
      // What was asked for must not happen later, beside a primary that has come back.
      next.node().kill();
      revive(old);
      return false;
    }
  }

  private static long promote(Member next, Deadline deadline) throws SQLException {
    try (Connection connection = next.connect(deadline.left());
        Statement statement = connection.createStatement()) {
      int left = (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis());
      connection.setNetworkTimeout(Runnable::run, left);
      long seconds = Math.max(1, deadline.left().toSeconds());
      try (ResultSet done =
          statement.executeQuery("select pg_promote(true, %d)".formatted(seconds))) {
        if (!done.next() || !done.getBoolean(1)) {
          throw new SQLException("it still stands by");
        }
      }
      ServerReport report = ServerReport.over(connection);
      if (!report.primary()) {
        throw new SQLException("it still stands by");
      }
      return report.timeline().orElse(0L);
    }
  }

  /** Starts a primary that has ended from its own data, unless it lives. */
  private void revive(Member old) throws NodeFailure, InterruptedException {
    if (old.node().isAlive() && !plan.spec().watchedBy().fences()) {
      return;
    }
    long began = System.nanoTime();
    old.node().kill();
    old.node().forgetSynchronous();
    old.node().start(following.primary());
    old.node().awaitAnswer(Deadline.in(STARTS_WITHIN));
    tell.accept(
        Kind.NOTE,
        "%s takes writes again, started from its own data in %s"
            .formatted(old.name(), Seconds.since(began)));
  }
}
