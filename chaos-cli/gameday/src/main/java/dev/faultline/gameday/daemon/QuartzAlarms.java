package dev.faultline.gameday.daemon;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
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
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Alarms of Quartz, in a store that outlives the process. */
public final class QuartzAlarms implements Alarms, AutoCloseable {

  private static final String STORE = "faultline";
  private static final String GROUP = "gamedays";
  private static final JobKey JOB = JobKey.jobKey("wake");

  private final Scheduler scheduler;

  private QuartzAlarms(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Starts Quartz on a store whose tables are there.
   *
   * @param store gives it its connections
   * @param more settings of that store
   * @param wake is called, on a thread of Quartz, with the game day that is due
   */
  public static QuartzAlarms start(ConnectionProvider store, Properties more, Consumer<String> wake)
      throws SchedulerException {
    DBConnectionManager.getInstance().addConnectionProvider(STORE, store);
    Properties settings = settings();
    settings.putAll(more);
    Scheduler scheduler = new StdSchedulerFactory(settings).getScheduler();
    scheduler.getContext().put(WakeJob.DAEMON, wake);
    JobDetail job = JobBuilder.newJob(WakeJob.class).withIdentity(JOB).storeDurably().build();
    scheduler.addJob(job, true);
    scheduler.start();
    return new QuartzAlarms(scheduler);
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", STORE);
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
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
