package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Book.Origin;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.shared.Snapshot.Day;
import dev.faultline.gameday.shared.Snapshot.On;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read and written in a transaction of the caller's.
 *
 * @param db its connection
 */
record Rows(Connection db) {

  private static final String FIRINGS =
      """
      SELECT f.game_day, f.planned, f.scheduler, f.begun_by, f.host, f.state, f.mark, f.begun,
             r.id, r.exit, r.words
      FROM firing f JOIN run r ON r.game_day = f.game_day AND r.planned = f.planned
      WHERE f.closed IS NULL
      """;

  /** Makes a read of a row of some result. */
  private interface Reading {
    void read(ResultSet row) throws SQLException;
  }

  // Schedulers.

  /** A scheduler is there; the one that had its state folder before is not. */
  void register(Member me) throws SQLException {
    if (me.watches()) {
      int _ = update("DELETE FROM scheduler WHERE mark = ? AND watches", me.mark());
    }
    int _ =
        update(
            "INSERT INTO scheduler (id, host, state, mark, watches) VALUES (?, ?, ?, ?, ?)",
            me.id(),
            me.host(),
            me.state(),
            me.mark(),
            me.watches());
  }

  /** A scheduler is there still; false when others took it for dead. */
  boolean beat(Member me, Optional<String> halted, ClockOffset offset) throws SQLException {
    return update(
            "UPDATE scheduler SET beat = beat + 1, seen = now(), halted = ?, ahead_ms = ? WHERE id"
                + " = ?",
            halted.orElse(null),
            offset.ahead().toMillis(),
            me.id())
        == 1;
  }

  /** Whether a scheduler is not taken for dead, nor will be until this transaction ends. */
  boolean lives(Member me) throws SQLException {
    boolean[] lives = new boolean[1];
    query("SELECT 1 FROM scheduler WHERE id = ? FOR KEY SHARE", _ -> lives[0] = true, me.id());
    return lives[0];
  }

  boolean remove(String scheduler, long beat) throws SQLException {
    return update("DELETE FROM scheduler WHERE id = ? AND beat = ?", scheduler, beat) == 1;
  }

  void leave(Member me) throws SQLException {
    int _ = update("DELETE FROM scheduler WHERE id = ?", me.id());
  }

  /** Takes what is on and whose scheduler is there no more. */
  int adopt(Member me) throws SQLException {
    return update(
        "UPDATE firing f SET scheduler = ? WHERE closed IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM scheduler s WHERE s.id = f.scheduler)",
        me.id());
  }

  Instant now() throws SQLException {
    Instant[] now = new Instant[1];
    query(
        "SELECT clock_timestamp()",
        row -> now[0] = row.getObject(1, OffsetDateTime.class).toInstant());
    return now[0];
  }

  Snapshot snapshot(Member me) throws SQLException {
    Map<String, On> on = firings("");
    Map<String, Day> days = new HashMap<>();
    query(
        "SELECT name, digest, decided, announced FROM game_day",
        row -> days.put(row.getString(1), day(row, Optional.ofNullable(on.get(row.getString(1))))));
    List<Snapshot.Other> others = new ArrayList<>();
    query(
        "SELECT id, host, beat, halted FROM scheduler WHERE id <> ?",
        row ->
            others.add(
                new Snapshot.Other(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    Optional.ofNullable(row.getString(4)))),
        me.id());
    List<Snapshot.Holding> holdings = new ArrayList<>();
    query(
        "SELECT game_day, digest FROM follower WHERE scheduler <> ?",
        row -> holdings.add(new Snapshot.Holding(row.getString(1), row.getString(2))),
        me.id());
    return new Snapshot(days, others, holdings);
  }

  // Game days.

  /** A game day, which nobody else changes until this transaction ends. */
  Day lock(String name) throws SQLException {
    int _ = update("INSERT INTO game_day (name) VALUES (?) ON CONFLICT DO NOTHING", name);
    Day[] found = {Day.unknown(name)};
    query(
        "SELECT name, digest, decided, announced FROM game_day WHERE name = ? FOR UPDATE",
        row -> found[0] = day(row, Optional.empty()),
        name);
    Day day = found[0];
    // Read after the lock: whoever had it before may have begun something.
    Optional<On> on = Optional.ofNullable(firings("AND f.game_day = ?", name).get(name));
    return new Day(name, day.digest(), day.decided(), day.announced(), on);
  }

  void write(Day day) throws SQLException {
    int _ =
        update(
            "UPDATE game_day SET digest = ?, decided = ?, announced = ? WHERE name = ?",
            day.digest().orElse(null),
            day.decided().map(Instant::toString).orElse(null),
            day.announced().map(Instant::toString).orElse(null),
            day.name());
  }

  boolean held(Member me, String gameDay, String digest) throws SQLException {
    boolean[] held = new boolean[1];
    query(
        "SELECT 1 FROM follower WHERE game_day = ? AND digest = ? AND scheduler <> ? LIMIT 1",
        _ -> held[0] = true,
        gameDay,
        digest,
        me.id());
    return held[0];
  }

  void hold(Member me, String gameDay, String digest) throws SQLException {
    int _ =
        update(
            "INSERT INTO follower VALUES (?, ?, ?)"
                + " ON CONFLICT (scheduler, game_day) DO UPDATE SET digest = excluded.digest",
            me.id(),
            gameDay,
            digest);
  }

  /** Gives up a game day; true when nobody has it any more. */
  boolean drop(Member me, String gameDay) throws SQLException {
    int _ = update("DELETE FROM follower WHERE scheduler = ? AND game_day = ?", me.id(), gameDay);
    boolean[] left = new boolean[1];
    query("SELECT 1 FROM follower WHERE game_day = ? LIMIT 1", _ -> left[0] = true, gameDay);
    return !left[0];
  }

  // Firings.

  void dropped(Note.Dropped note) throws SQLException {
    int _ =
        update(
            "INSERT INTO dropped (game_day, planned, why) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            note.gameDay(),
            note.planned().toString(),
            note.why());
  }

  void begun(Note.Begun note, Member me) throws SQLException {
    int _ =
        update(
            "INSERT INTO firing (game_day, planned, scheduler, begun_by, host, state, mark, begun)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            note.gameDay(),
            note.planned().toString(),
            me.id(),
            me.id(),
            me.host(),
            me.state(),
            me.mark(),
            note.at().toString());
    for (int place = 0; place < note.runs().size(); place++) {
      int _ =
          update(
              "INSERT INTO run (id, game_day, planned, place) VALUES (?, ?, ?, ?)",
              note.runs().get(place),
              note.gameDay(),
              note.planned().toString(),
              place);
    }
  }

  /** A run has ended; false when it is not this scheduler's any more. */
  boolean ended(Note.Ended note, Member me) throws SQLException {
    return update(
            """
            UPDATE run r SET ended = now(), exit = ?, words = ? WHERE id = ? AND exit IS NULL
            AND EXISTS (SELECT 1 FROM firing f WHERE f.game_day = r.game_day
              AND f.planned = r.planned AND f.scheduler = ? AND f.closed IS NULL)
            """,
            note.exit(),
            note.words(),
            note.run(),
            me.id())
        == 1;
  }

  /** An occasion is over; false when it is not this scheduler's any more. */
  boolean closed(Note.Closed note, Member me) throws SQLException {
    return update(
            "UPDATE firing SET closed = now(), exit = ?"
                + " WHERE game_day = ? AND planned = ? AND scheduler = ? AND closed IS NULL",
            note.exit(),
            note.gameDay(),
            note.planned().toString(),
            me.id())
        == 1;
  }

  private Map<String, On> firings(String more, Object... values) throws SQLException {
    Map<String, List<String>> runs = new HashMap<>();
    Map<String, List<Note.Ended>> ended = new HashMap<>();
    Map<String, On> on = new HashMap<>();
    query(
        FIRINGS + more + " ORDER BY f.game_day, r.place",
        row -> {
          String name = row.getString(1);
          Instant planned = Instant.parse(row.getString(2));
          Instant begun = Instant.parse(row.getString(8));
          String run = row.getString(9);
          runs.computeIfAbsent(name, _ -> new ArrayList<>()).add(run);
          List<Note.Ended> ends = ended.computeIfAbsent(name, _ -> new ArrayList<>());
          int exit = row.getInt(10);
          if (!row.wasNull()) {
            String words = Optional.ofNullable(row.getString(11)).orElse("");
            ends.add(new Note.Ended(name, planned, run, exit, words, begun));
          }
          Origin origin =
              new Origin(row.getString(4), row.getString(5), row.getString(6), row.getString(7));
          on.put(
              name,
              new On(
                  new Note.Begun(name, planned, runs.getOrDefault(name, List.of()), begun),
                  ends,
                  row.getString(3),
                  origin));
        },
        values);
    return on;
  }

  private static Day day(ResultSet row, Optional<On> on) throws SQLException {
    return new Day(
        row.getString(1),
        Optional.ofNullable(row.getString(2)),
        Optional.ofNullable(row.getString(3)).map(Instant::parse),
        Optional.ofNullable(row.getString(4)).map(Instant::parse),
        on);
  }

  private void query(String sql, Reading reading, Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      fill(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reading.read(rows);
        }
      }
    }
  }

  private int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      fill(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void fill(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
