package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Connector;
import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.world.Action.OpenLedger;
import dev.faultline.model.world.Answer.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A ledger in a table of PostgreSQL.
 *
 * @param runId marks the table
 * @param connector leads to the primary
 */
public record TableStore(String runId, Connector connector) implements LedgerStore {

  @Override
  public String place() {
    return "table " + OpenLedger.TABLE;
  }

  @Override
  public Owner owner(Duration within) throws StoreTrouble {
    try (Connection connection = connector.connect(within)) {
      return new MarkedTable(runId).owner(connection);
    } catch (SQLException failure) {
      throw trouble(failure);
    }
  }

  @Override
  public void make(Duration within) throws StoreTrouble, NotOurs {
    try (Connection connection = connector.connect(within)) {
      new MarkedTable(runId).create(connection);
    } catch (SQLException failure) {
      throw trouble(failure);
    }
  }

  @Override
  public Owner drop(Duration within) throws StoreTrouble {
    try (Connection connection = connector.connect(within)) {
      return new MarkedTable(runId).drop(connection, Session.of(runId));
    } catch (SQLException failure) {
      throw trouble(failure);
    }
  }

  @Override
  public Pen pen(int writer, Duration patience) throws StoreTrouble {
    try {
      return new TablePen(connector.connect(patience), writer, patience, Session.of(runId));
    } catch (SQLException failure) {
      throw trouble(failure);
    }
  }

  @Override
  public Reading read(Within within) throws StoreTrouble, Unread {
    try {
      return TableReading.on(connector.connect(within.asked()), new MarkedTable(runId), within);
    } catch (SQLException failure) {
      throw trouble(failure);
    }
  }

  static StoreTrouble trouble(SQLException failure) {
    SqlTrouble trouble = SqlTrouble.of(failure);
    return new StoreTrouble(trouble.reason(), trouble.words());
  }
}
