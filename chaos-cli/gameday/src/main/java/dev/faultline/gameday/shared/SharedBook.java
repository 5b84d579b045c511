package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.course.Past;
import dev.faultline.gameday.shared.Snapshot.Day;
import dev.faultline.gameday.shared.Snapshot.On;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of game days, in tables that several schedulers share. A game day is decided on in a
 * transaction that holds its row, so that each occasion is claimed once. The methods of {@link
 * Book} are for the thread of the daemon; those of this package, for that of the check-in.
 */
public final class SharedBook implements Book {

  private static final String TAKEN = "23505";

  private record Key(String gameDay, Instant planned) {}

  private final Pool pool;
  private final Reach reach;
  private final Map<String, String> held = new HashMap<>();
  private final Map<String, Integer> differs = new HashMap<>();
  private final Map<String, Note.Begun> doubts = new HashMap<>();
  private final Set<Key> known = new HashSet<>();
  private final Deque<Note> unsent = new ArrayDeque<>();
  private Member me;
  private Snapshot snapshot = Snapshot.NOTHING;

  SharedBook(Pool pool, Reach reach, Member me) {
    this.pool = pool;
    this.reach = reach;
    this.me = me;
  }

  synchronized Member me() {
    return me;
  }

  /** What the tables said when this scheduler looked last. */
  synchronized Snapshot snapshot() {
    return snapshot;
  }

  // Decisions.

  @Override
  public synchronized Resolved decide(String gameDay, Decider decider) throws OutOfReach {
    reach.require();
    if (!doubts.containsKey(gameDay)) {
      Resolved early = decider.decide(snapshot.day(gameDay).past());
      if (early.notes().isEmpty()) {
        return early;
      }
    }
    try {
      return decideLocked(gameDay, decider);
    } catch (SQLException failure) {
      if (!TAKEN.equals(failure.getSQLState())) {
        throw reach.lost(failure);
      }
    }
    try {
      return decideLocked(gameDay, past -> withoutRuns(decider.decide(past)));
    } catch (SQLException failure) {
      throw reach.lost(failure);
    }
  }

  /** Ids of runs are the same where names of game days begin with the same 42 letters. */
  private static Resolved withoutRuns(Resolved resolved) {
    List<Note> notes = new ArrayList<>();
    for (Note note : resolved.notes()) {
      notes.add(
          note instanceof Note.Begun begun
              ? new Note.Dropped(
                  begun.gameDay(), begun.planned(), "its ids of runs are taken", begun.at())
              : note);
    }
    return new Resolved(notes, resolved.wake());
  }

  private Resolved decideLocked(String gameDay, Decider decider) throws SQLException, OutOfReach {
    try (Connection db = pool.getConnection()) {
      db.setAutoCommit(false);
      Rows rows = new Rows(db);
      Day day = rows.lock(gameDay);
      requireLife(rows);
      Optional<Note.Begun> claimed = doubted(day);
      if (claimed.isPresent()) {
        db.commit();
        return new Resolved(List.of(claimed.get()), Optional.empty());
      }
      Resolved resolved = decider.decide(day.past());
      Day after = day.plus(resolved.notes(), me.id(), here());
      for (Note note : resolved.notes()) {
        switch (note) {
          case Note.Dropped dropped -> rows.dropped(dropped);
          case Note.Begun begun -> rows.begun(begun, me);
          default -> {}
        }
      }
      rows.write(after);
      commit(db, after, resolved.notes());
      return resolved;
    }
  }

  /** Where the end of a transaction is not known, the tables tell later whether it was one. */
  private void commit(Connection db, Day after, List<Note> notes) throws SQLException {
    Optional<Note.Begun> begun =
        notes.stream().filter(Note.Begun.class::isInstance).map(Note.Begun.class::cast).findFirst();
    begun.ifPresent(claim -> known.add(key(claim)));
    begun.ifPresent(claim -> doubts.put(claim.gameDay(), claim));
    db.commit();
    begun.ifPresent(claim -> doubts.remove(claim.gameDay()));
    snapshot = snapshot.with(after);
  }

  private Optional<Note.Begun> doubted(Day day) {
    Optional<Note.Begun> doubt = Optional.ofNullable(doubts.remove(day.name()));
    Optional<Note.Begun> claimed =
        doubt.filter(
            begun ->
                day.on()
                    .filter(on -> on.owner().equals(me.id()))
                    .filter(on -> on.begun().planned().equals(begun.planned()))
                    .isPresent());
    if (claimed.isEmpty()) {
      doubt.ifPresent(begun -> known.remove(key(begun)));
    }
    return claimed;
  }

  private void requireLife(Rows rows) throws SQLException, OutOfReach {
    if (!rows.lives(me)) {
      throw new OutOfReach("others took this scheduler for dead");
    }
  }

  private Origin here() {
    return new Origin(me.id(), me.host(), me.state(), me.mark());
  }

  private static Key key(Note.Begun begun) {
    return new Key(begun.gameDay(), begun.planned());
  }

  /**
   * Claims an occasion that somebody begins by hand; one that is his already stays his.
   *
   * @param digest of the content that he has
   * @throws OutOfReach when it cannot be told whether it is his
   */
  public synchronized Claim claim(Note.Begun begun, String digest) throws OutOfReach {
    reach.require();
    try (Connection db = pool.getConnection()) {
      db.setAutoCommit(false);
      Rows rows = new Rows(db);
      Day day = rows.lock(begun.gameDay());
      requireLife(rows);
      if (day.on().isPresent()) {
        return on(day.on().get(), begun);
      }
      Optional<String> other = day.digest().filter(registered -> !registered.equals(digest));
      if (other.isPresent() && rows.held(me, begun.gameDay(), other.get())) {
        return new Claim.Refused("its files differ from those that other schedulers follow");
      }
      rows.begun(begun, me);
      known.add(key(begun));
      db.commit();
      return new Claim.Mine();
    } catch (SQLException failure) {
      if (TAKEN.equals(failure.getSQLState())) {
        return new Claim.Refused("its ids of runs are taken; wait for a second");
      }
      throw reach.lost(failure);
    }
  }

  private Claim on(On on, Note.Begun claimed) {
    boolean ours = on.owner().equals(me.id()) && key(on.begun()).equals(key(claimed));
    return ours
        ? new Claim.Mine()
        : new Claim.On(
            "it is on since %s, begun by %s".formatted(on.begun().at(), on.origin().scheduler()));
  }

  // Following.

  @Override
  public synchronized List<Note> follow(String gameDay, String digest, Instant now)
      throws OutOfReach {
    reach.require();
    Optional<String> before = Optional.ofNullable(held.get(gameDay));
    Agreement seen = seen(gameDay, digest);
    if (before.equals(Optional.of(digest)) && seen != Agreement.REGISTERS) {
      compared(gameDay, seen);
      return List.of();
    }
    try (Connection db = pool.getConnection()) {
      db.setAutoCommit(false);
      Rows rows = new Rows(db);
      Day day = rows.lock(gameDay);
      requireLife(rows);
      boolean others =
          day.digest().isPresent() && rows.held(me, gameDay, day.digest().orElseThrow());
      Agreement agreement = Agreement.of(day.digest(), before, digest, others);
      rows.hold(me, gameDay, digest);
      Day after = agreement == Agreement.REGISTERS ? registered(day, digest, now) : day;
      rows.write(after);
      db.commit();
      snapshot = snapshot.with(after);
      held.put(gameDay, digest);
      compared(gameDay, agreement);
      return agreement == Agreement.DIFFERS
          ? List.of()
          : List.of(new Note.Followed(gameDay, digest, now));
    } catch (SQLException failure) {
      throw reach.lost(failure);
    }
  }

  /** What the tables said last of content that does not change here. */
  private Agreement seen(String gameDay, String digest) {
    Optional<String> registered = snapshot.day(gameDay).digest();
    boolean others = registered.isPresent() && snapshot.held(gameDay, registered.get());
    return Agreement.of(registered, Optional.of(digest), digest, others);
  }

  /** Files that are changed everywhere differ for a moment: that is not worth a word. */
  private void compared(String gameDay, Agreement agreement) {
    if (agreement != Agreement.DIFFERS) {
      Integer _ = differs.remove(gameDay);
    } else if (differs.merge(gameDay, 1, Integer::sum) == 2) {
      reach.say(
          ("%s: its files here differ from those that other schedulers follow; they begin it, and"
                  + " this one does not until they are the same")
              .formatted(gameDay));
    }
  }

  /** Where only files of runs were changed, what is planned stays planned. */
  private static Day registered(Day day, String digest, Instant now) {
    boolean samePlan = day.digest().map(SharedBook::plan).equals(Optional.of(plan(digest)));
    return new Day(
        day.name(),
        Optional.of(digest),
        samePlan && day.decided().isPresent() ? day.decided() : Optional.of(now),
        day.announced(),
        day.on());
  }

  private static String plan(String digest) {
    int colon = digest.indexOf(':');
    return colon < 0 ? digest : digest.substring(0, colon);
  }

  @Override
  public synchronized List<Note> followOnly(Set<String> gameDays, Instant now) throws OutOfReach {
    List<String> gone = held.keySet().stream().filter(name -> !gameDays.contains(name)).toList();
    List<Note> left = new ArrayList<>();
    for (String name : gone) {
      reach.require();
      try (Connection db = pool.getConnection()) {
        db.setAutoCommit(false);
        Rows rows = new Rows(db);
        Day day = rows.lock(name);
        if (rows.drop(me, name)) {
          rows.write(new Day(name, Optional.empty(), Optional.empty(), day.announced(), day.on()));
        }
        db.commit();
        held.remove(name);
        left.add(new Note.Left(name, now));
      } catch (SQLException failure) {
        throw reach.lost(failure);
      }
    }
    return left;
  }

  /** They come by the post, as other schedulers die. */
  @Override
  public List<Orphan> orphans() {
    return List.of();
  }

  @Override
  public boolean coversRuns() {
    return true;
  }

  // What has happened.

  @Override
  public void keep(Note note) {
    synchronized (this) {
      unsent.add(note);
      if (reach.isLost()) {
        return;
      }
    }
    try (Connection db = pool.getConnection()) {
      send(db);
    } catch (SQLException failure) {
      OutOfReach _ = reach.lost(failure);
    }
  }

  /** Tells the tables what they were not told yet, in its order. */
  synchronized void send(Connection db) throws SQLException {
    while (!unsent.isEmpty()) {
      Note note = unsent.getFirst();
      Rows rows = new Rows(db);
      boolean ours =
          switch (note) {
            case Note.Ended ended -> rows.ended(ended, me);
            case Note.Closed closed -> rows.closed(closed, me);
            default -> true;
          };
      if (!db.getAutoCommit()) {
        db.commit();
      }
      unsent.removeFirst();
      if (note instanceof Note.Closed closed) {
        known.remove(new Key(closed.gameDay(), closed.planned()));
        if (ours) {
          snapshot = snapshot.with(snapshot.day(closed.gameDay()).over());
        } else {
          reach.say(
              "%s: what was planned for %s is recorded by another scheduler as halted"
                  .formatted(closed.gameDay(), closed.planned()));
        }
      }
    }
  }

  /** Whether the tables know all of it. */
  synchronized boolean isToldAll() {
    return unsent.isEmpty();
  }

  // The check-in.

  /** What the tables say now; gives what is this scheduler's since, and was not begun by it. */
  synchronized List<Orphan> see(Rows rows) throws SQLException {
    snapshot = rows.snapshot(me);
    List<Orphan> found = new ArrayList<>();
    for (Day day : snapshot.days().values()) {
      Optional<On> on = day.on().filter(firing -> firing.owner().equals(me.id()));
      if (on.isPresent() && known.add(key(on.get().begun()))) {
        Past.Firing firing = on.get().firing();
        Origin origin = on.get().origin();
        Optional<Origin> elsewhere =
            me.isSamePlace(origin) ? Optional.empty() : Optional.of(origin);
        found.add(new Orphan(firing, elsewhere));
      }
    }
    return found;
  }

  /** Is another one from now on: what the one before had on is others' business. */
  synchronized void becomes(Member other) {
    me = other;
    held.clear();
    doubts.clear();
    known.clear();
  }
}
