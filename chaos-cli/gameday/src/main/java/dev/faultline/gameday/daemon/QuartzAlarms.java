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
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.RunScript;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/**
 * Alarms of Quartz, kept in a file of H2 of mode 0600. The file holds nothing that the journal of
 * the schedule does not say: one that cannot be read is put aside, and a new one is made.
 */
public final class QuartzAlarms implements Alarms, AutoCloseable {

  private static final String STORE = "faultline";
  private static final String FILE = "quartz.mv.db";
  private static final String GROUP = "gamedays";
  private static final JobKey JOB = JobKey.jobKey("wake");
  private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_h2.sql";

  private final Scheduler scheduler;

  private QuartzAlarms(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

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
            STORE,
            "");
    try {
      makeTables(pool);
      DBConnectionManager.getInstance().addConnectionProvider(STORE, new StoreConnections(pool));
      Scheduler scheduler = new StdSchedulerFactory(settings()).getScheduler();
      scheduler.getContext().put(WakeJob.DAEMON, wake);
      JobDetail job = JobBuilder.newJob(WakeJob.class).withIdentity(JOB).storeDurably().build();
      scheduler.addJob(job, true);
      scheduler.start();
      return new QuartzAlarms(scheduler);
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
      try (InputStream tables = QuartzAlarms.class.getResourceAsStream(TABLES)) {
        if (tables == null) {
          throw new IOException("Quartz has no tables for H2");
        }
        ResultSet _ =
            RunScript.execute(connection, new InputStreamReader(tables, StandardCharsets.UTF_8));
      }
    }
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", STORE);
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    settings.setProperty(
        "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
    settings.setProperty("org.quartz.jobStore.dataSource", STORE);
    settings.setProperty("org.quartz.jobStore.useProperties", "true");
    settings.setProperty("org.quartz.jobStore.misfireThreshold", "1000");
    return settings;
  }

  @Override
  public void set(String gameDay, Optional<Instant> at) {
    TriggerKey key = TriggerKey.triggerKey(gameDay, GROUP);
    try {
      if (at.isEmpty()) {
        boolean _ = scheduler.unscheduleJob(key);
        return;
      }
      Trigger trigger =
          TriggerBuilder.newTrigger()
              .withIdentity(key)
              .forJob(JOB)
              .startAt(Date.from(at.get()))
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
              .build();
      if (scheduler.rescheduleJob(key, trigger) == null) {
        Date _ = scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException lost) {
      throw new IllegalStateException("Quartz does not keep the alarm of " + gameDay, lost);
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException gone) {
      throw new IllegalStateException("Quartz does not end", gone);
    }
  }
}
