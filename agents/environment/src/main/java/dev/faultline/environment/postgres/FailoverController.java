package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.environment.LabDatabase.Controller;
import dev.faultline.model.world.Sighting.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Checks the primary by the way of clients, and lets the other node take over when several checks
 * in a row fail; rebuilds a node that has ended. It changes nodes only while it holds the lock.
 */
final class FailoverController implements Runnable {

  private static final Duration BETWEEN_REBUILDS = Duration.ofSeconds(2);

  private final Controller setting;
  private final Members members;
  private final Succession succession;
  private final ReentrantLock changing;
  private final BiConsumer<Kind, String> tell;
  private int missed;
  private Optional<Member> checked = Optional.empty();
  private long rebuildFrom = System.nanoTime();

  /**
   * Nothing is checked yet.
   *
   * @param changing held by whoever changes nodes
   */
  FailoverController(
      Controller setting,
      Members members,
      Succession succession,
      ReentrantLock changing,
      BiConsumer<Kind, String> tell) {
    this.setting = setting;
    this.members = members;
    this.succession = succession;
    this.changing = changing;
    this.tell = tell;
  }

  /** Watches until the thread is interrupted. */
  @Override
  public void run() {
    long due = System.nanoTime();
    try {
      while (true) {
        due = Math.max(due + setting.every().toNanos(), System.nanoTime());
        Thread.sleep(Duration.ofNanos(due - System.nanoTime()));
        changing.lockInterruptibly();
        try {
          step();
        } catch (NodeFailure failure) {
          tell.accept(Kind.NOTE, String.valueOf(failure.getMessage()));
          rebuildFrom = System.nanoTime() + BETWEEN_REBUILDS.toNanos();
        } finally {
          changing.unlock();
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws NodeFailure, InterruptedException {
    Member primary = members.primary();
    if (!checked.equals(Optional.of(primary))) {
      checked = Optional.of(primary);
      missed = 0;
    }
    Optional<String> complaint = complaint(primary);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    if (complaint.isPresent()) {
      miss(primary, complaint.get());
    } else {
      missed = 0;
      repair(primary);
    }
  }

  private void miss(Member primary, String complaint) throws NodeFailure, InterruptedException {
    missed++;
    if (missed < setting.patience()) {
      return;
    }
    tell.accept(
        Kind.DETECTED,
        "%s missed %d checks, %s apart: %s"
            .formatted(primary.name(), missed, Seconds.words(setting.every()), complaint));
    missed = 0;
    succession.failOver();
  }

  /** A node that nobody reaches cannot reach the primary either. */
  private void repair(Member primary) throws NodeFailure, InterruptedException {
    Optional<Member> ended =
        members.other().filter(member -> !member.node().isAlive() && !member.isCut());
    if (ended.isPresent() && !primary.isCut() && System.nanoTime() - rebuildFrom >= 0) {
      succession.rejoin(ended.get());
    }
  }

  /** What is wrong with the primary; takes no longer than the distance of two checks. */
  private Optional<String> complaint(Member primary) {
    try (Connection connection = primary.connect(setting.every());
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select pg_is_in_recovery()")) {
      answer.next();
      return answer.getBoolean(1) ? Optional.of("it does not take writes") : Optional.empty();
    } catch (SQLException failure) {
      return Optional.of(Access.reason(failure));
    }
  }
}
