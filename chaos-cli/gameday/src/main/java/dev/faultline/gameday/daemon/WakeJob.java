package dev.faultline.gameday.daemon;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** Wakes the daemon for the game day that its trigger is called after. Quartz makes it. */
public final class WakeJob implements Job {

  static final String DAEMON = "daemon";

  @Override
  @SuppressWarnings("unchecked")
  public void execute(JobExecutionContext context) throws JobExecutionException {
    try {
      Object daemon = requireNonNull(context.getScheduler().getContext().get(DAEMON));
      ((Consumer<String>) daemon).accept(context.getTrigger().getKey().getName());
    } catch (SchedulerException closed) {
      throw new JobExecutionException(closed);
    }
  }
}
