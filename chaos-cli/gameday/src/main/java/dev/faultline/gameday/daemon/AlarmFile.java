package dev.faultline.gameday.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.RunScript;
import org.quartz.SchedulerException;

/**
 * The store of one daemon's alarms: a file of H2 of mode 0600. It holds nothing that the journal of
 * the schedule does not say: one that cannot be read is put aside, and a new one is made.
 */
public final class AlarmFile {

  private static final String USER = "faultline";
  private static final String FILE = "quartz.mv.db";
  private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_h2.sql";

  private AlarmFile() {}

  /**
   * Opens the store in a folder.
   *
   * @param wake is called, on a thread of Quartz, with the game day that is due
   * @throws IOException when no store can be made there
   */
  public static QuartzAlarms open(Path folder, Consumer<String> wake) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return start(file, wake);
    } catch (SQLException unreadable) {
      Path _ =
          Files.move(file, folder.resolve(FILE + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
      try {
        return start(file, wake);
      } catch (SQLException again) {
        throw new IOException("no store of Quartz can be made in " + folder, again);
      }
    }
  }

  private static QuartzAlarms start(Path file, Consumer<String> wake)
      throws IOException, SQLException {
    if (!Files.exists(file)) {
      Path _ =
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String path = file.toString();
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:%s;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
                .formatted(path.substring(0, path.length() - ".mv.db".length())),
            USER,
            "");
    try {
      makeTables(pool);
      Properties settings = new Properties();
      settings.setProperty(
          "org.quartz.jobStore.driverDelegateClass",
          "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
      return QuartzAlarms.start(new StoreConnections(pool), settings, wake);
    } catch (SchedulerException refused) {
      pool.dispose();
      throw new SQLException(refused);
    } catch (SQLException unreadable) {
      pool.dispose();
      throw unreadable;
    }
  }

  private static void makeTables(JdbcConnectionPool pool) throws SQLException, IOException {
    try (Connection connection = pool.getConnection();
        ResultSet known =
            connection.getMetaData().getTables(null, null, "QRTZ_JOB_DETAILS", null)) {
      if (known.next()) {
        return;
      }
      try (InputStream tables = AlarmFile.class.getResourceAsStream(TABLES)) {
        if (tables == null) {
          throw new IOException("Quartz has no tables for H2");
        }
        ResultSet _ =
            RunScript.execute(connection, new InputStreamReader(tables, StandardCharsets.UTF_8));
      }
    }
  }
}
