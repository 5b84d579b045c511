package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What schedulers on a store did, for one who is none of them: it makes no table and changes none.
 * Each look connects anew, and none takes longer than its bounds: 15 s to connect, 5 s for a query,
 * where the address does not say otherwise.
 */
public final class StoreChronicle implements Chronicle {

  private static final String BEGUN =
      """
      SELECT f.game_day, f.planned, f.begun,
        (SELECT array_agg(r.id ORDER BY r.place) FROM run r
          WHERE r.game_day = f.game_day AND r.planned = f.planned)
      FROM (SELECT game_day, planned, begun FROM firing
        ORDER BY begun::timestamptz DESC LIMIT ?) f
      """;

  private static final String ENDED =
      """
      SELECT game_day, planned, ended, id, exit, words FROM run WHERE ended IS NOT NULL
      ORDER BY ended DESC LIMIT ?
      """;

  private static final String CLOSED =
      """
      SELECT game_day, planned, closed, exit FROM firing WHERE closed IS NOT NULL
      ORDER BY closed DESC LIMIT ?
      """;

  private static final String DROPPED =
      "SELECT game_day, planned, at, why FROM dropped ORDER BY at DESC LIMIT ?";

  /** No right, no such table. */
  private static final Set<String> HIDDEN = Set.of("42501", "42P01");

  private final StoreAddress address;
  private final Source source;

  /**
   * Reads a store; nothing is asked of it yet.
   *
   * @param password is read for each look
   */
  public StoreChronicle(StoreAddress address, SharedStore.Password password) {
    this.address = address;
    this.source = new Source(address, password);
  }

  private record Told(Instant at, Note note) {}

  private interface Reading {
    Told read(ResultSet row) throws SQLException;
  }

  @Override
  public List<Note> newest(int most) throws OutOfReach {
    try (Connection db = source.getConnection()) {
      db.setReadOnly(true);
      try (Statement bound = db.createStatement()) {
        boolean _ = bound.execute("SET statement_timeout = '5s'; SET lock_timeout = '5s'");
      }
      if (!new Tables(address).isThere(db)) {
        throw new OutOfReach("no scheduler has used the store %s yet".formatted(address.shown()));
      }
      return newest(db, most);
    } catch (SQLException failure) {
      throw new OutOfReach(words(failure));
    } catch (StoreRefused newer) {
      throw new OutOfReach("%s, and %s".formatted(newer.what(), newer.why()));
    }
  }

  private String words(SQLException failure) {
    // Whoever may not look into a schema is told that what is in it does not exist.
    boolean isHidden = HIDDEN.contains(Optional.ofNullable(failure.getSQLState()).orElse(""));
    String reason = Tables.reason(failure);
    return isHidden
        ? "this user may not read schema %s of the store %s (%s)"
            .formatted(address.schema(), address.shown(), reason)
        : "the store %s is out of reach (%s)".formatted(address.shown(), reason);
  }

  private static List<Note> newest(Connection db, int most) throws SQLException {
    List<Told> all = new ArrayList<>();
    read(db, CLOSED, most, all, StoreChronicle::closed);
    read(db, ENDED, most, all, StoreChronicle::ended);
    read(db, BEGUN, most, all, StoreChronicle::begun);
    read(db, DROPPED, most, all, StoreChronicle::dropped);
    // What happened at the same moment stays in this order.
    all.sort(Comparator.comparing(Told::at).reversed());
    return all.stream().limit(most).map(Told::note).toList();
  }

  private static void read(Connection db, String sql, int most, List<Told> into, Reading reading)
      throws SQLException {
    try (PreparedStatement query = db.prepareStatement(sql)) {
      query.setInt(1, most);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          into.add(reading.read(rows));
        }
      }
    }
  }

  private static Told closed(ResultSet row) throws SQLException {
    Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
    return new Told(at, new Note.Closed(row.getString(1), planned(row), row.getInt(4), at));
  }

  private static Told ended(ResultSet row) throws SQLException {
    Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
    String words = Optional.ofNullable(row.getString(6)).orElse("");
    return new Told(
        at,
        new Note.Ended(row.getString(1), planned(row), row.getString(4), row.getInt(5), words, at));
  }

  private static Told begun(ResultSet row) throws SQLException {
    Instant at = Instant.parse(row.getString(3));
    List<String> runs =
        row.getArray(4) == null ? List.of() : List.of((String[]) row.getArray(4).getArray());
    return new Told(at, new Note.Begun(row.getString(1), planned(row), runs, at));
  }

  private static Told dropped(ResultSet row) throws SQLException {
    Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
    return new Told(at, new Note.Dropped(row.getString(1), planned(row), row.getString(4), at));
  }

  private static Instant planned(ResultSet row) throws SQLException {
    return Instant.parse(row.getString(2));
  }
}
