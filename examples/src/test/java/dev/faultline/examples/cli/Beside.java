package dev.faultline.examples.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/**
 * Three classes of tests at a time at first: they wait for labs, and for seconds of faults, most of
 * the time. Those that failed are run again one after the other: what failed for being on a busy
 * machine is alone on it then.
 */
public final class Beside implements ParallelExecutionConfigurationStrategy {

  private static final AtomicBoolean AGAIN = new AtomicBoolean();

  @Override
  public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
    return new Classes(AGAIN.getAndSet(true) ? 1 : 3);
  }

  private record Classes(int atOnce) implements ParallelExecutionConfiguration {

    @Override
    public int getParallelism() {
      return atOnce;
    }

    @Override
    public int getMinimumRunnable() {
      return atOnce;
    }

    @Override
    public int getMaxPoolSize() {
      return atOnce;
    }

    @Override
    public int getCorePoolSize() {
      return atOnce;
    }

    @Override
    public int getKeepAliveSeconds() {
      return 30;
    }
  }
}
