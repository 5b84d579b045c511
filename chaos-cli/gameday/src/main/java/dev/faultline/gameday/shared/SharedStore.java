package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.daemon.Alarms;
import dev.faultline.gameday.daemon.Hearer;
import dev.faultline.gameday.daemon.QuartzAlarms;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quartz.SchedulerException;

/**
 * A PostgreSQL that several schedulers share. {@link #close} leaves it; what is on then is adopted
 * by others.
 */
public final class SharedStore implements AutoCloseable {

  private final Pool pool;
  private final Reach reach;
  private final SharedBook book;
  private final CheckIn checkIn;
  private final Duration every;

  private SharedStore(Pool pool, Reach reach, SharedBook book, CheckIn checkIn, Duration every) {
    this.pool = pool;
    this.reach = reach;
    this.book = book;
    this.checkIn = checkIn;
    this.every = every;
  }

  /** Where the password of the store comes from, anew for each connection. */
  public interface Password {
    /**
     * The password; empty where the driver is to look into {@code ~/.pgpass}, or none is needed.
     *
     * @throws IOException when it cannot be read; its message tells why, and not the password
     */
    Optional<String> read() throws IOException;
  }

  /**
   * Who uses the store.
   *
   * @param member as others know him
   * @param every how often he checks in; who misses three is taken for dead
   * @param clock his time
   * @param says hears, from any thread, what people should know of the store
   * @param halted why nothing may begin on his machine, which is for all others, too
   */
  public record User(
      Member member,
      Duration every,
      InstantSource clock,
      Consumer<String> says,
      Supplier<Optional<String>> halted) {}

  /**
   * Opens the store, and makes its tables where there are none.
   *
   * @throws StoreRefused when it cannot be used: it does not answer, a right is missing, the clocks
   *     differ
   */
  public static SharedStore open(StoreAddress address, Password password, User user)
      throws StoreRefused {
    Pool pool = new Pool(address, password);
    try {
      Reach reach = new Reach(address, user.says());
      SharedBook book = new SharedBook(pool, reach, user.member());
      CheckIn checkIn = new CheckIn(book, pool, reach, user.every(), user.clock(), user.halted());
      try (Connection db = pool.first()) {
        new Tables(address).require(db);
        Rows rows = new Rows(db);
        ClockOffset offset = checkIn.offset(rows);
        if (offset.tooFar()) {
          throw new StoreRefused(
              offset.words(),
              "schedulers whose clocks differ would not agree on what is due",
              "let NTP set the clock of this machine, or that of the database");
        }
        rows.register(user.member());
      }
      return new SharedStore(pool, reach, book, checkIn, user.every());
    } catch (SQLException failure) {
      pool.close();
      throw new StoreRefused(
          "the store %s cannot be used".formatted(address.shown()),
          Tables.reason(failure),
          "see that it runs and lets this user in; see docs/game-days.md");
    } catch (StoreRefused refused) {
      pool.close();
      throw refused;
    }
  }

  /** What becomes of game days. */
  public SharedBook book() {
    return book;
  }

  /** Why nothing may begin, as somebody has halted another scheduler's machine. */
  public Optional<String> haltedElsewhere() {
    return halted(book.snapshot());
  }

  private static Optional<String> halted(Snapshot snapshot) {
    return snapshot.others().stream()
        .flatMap(other -> other.halted().map(why -> "%s: %s".formatted(other.host(), why)).stream())
        .findFirst();
  }

  /**
   * The same, by what the tables say now.
   *
   * @throws OutOfReach when that cannot be told
   */
  public Optional<String> haltedNow() throws OutOfReach {
    try (Connection db = pool.getConnection()) {
      return halted(new Rows(db).snapshot(book.me()));
    } catch (SQLException failure) {
      throw reach.lost(failure);
    }
  }

  /** Checks in from now on, and tells what is to be done. */
  public void begin(Hearer hearer) {
    checkIn.begin(hearer);
  }

  /**
   * Alarms of Quartz in the same database: one scheduler is woken for each.
   *
   * @param wake is called, on a thread of Quartz, with the game day that is due
   * @throws StoreRefused when Quartz does not start
   */
  public Shared alarms(Consumer<String> wake) throws StoreRefused {
    try {
      return new Shared(QuartzAlarms.start(pool, settings(), wake));
    } catch (SchedulerException refused) {
      throw new StoreRefused(
          "Quartz does not start", String.valueOf(refused.getMessage()), "try again");
    }
  }

  private Properties settings() {
    String millis = Long.toString(Math.max(1000, every.toMillis()));
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceId", book.me().id());
    settings.setProperty("org.quartz.scheduler.dbFailureRetryInterval", "1000");
    settings.setProperty("org.quartz.scheduler.idleWaitTime", millis);
    settings.setProperty("org.quartz.jobStore.isClustered", "true");
    settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", millis);
    settings.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    return settings;
  }

  /**
   * Alarms that others set, too, and that need not come: each check-in looks at what is due. An
   * alarm that rings for nothing does no harm, so none is ever taken back. For one thread.
   */
  public static final class Shared implements Alarms, AutoCloseable {

    private final QuartzAlarms quartz;
    private final Map<String, Instant> set = new HashMap<>();

    private Shared(QuartzAlarms quartz) {
      this.quartz = quartz;
    }

    @Override
    public void set(String gameDay, Optional<Instant> at) {
      if (at.isEmpty() || at.get().equals(set.get(gameDay))) {
        return;
      }
      try {
        quartz.set(gameDay, at);
        set.put(gameDay, at.get());
      } catch (IllegalStateException lost) {
        set.remove(gameDay);
      }
    }

    @Override
    public void close() {
      quartz.close();
    }
  }

  /** Tells the tables what they do not know yet, if they answer, and leaves. */
  @Override
  public void close() {
    checkIn.close();
    try (Connection db = pool.getConnection()) {
      book.send(db);
      new Rows(db).leave(book.me());
    } catch (SQLException failure) {
      var _ = reach.lost(failure);
      if (!book.isToldAll()) {
        reach.say(
            "The store does not know how what was on here has ended: the next start here tells it,"
                + " or another scheduler records it as halted.");
      }
    }
    pool.close();
  }
}
