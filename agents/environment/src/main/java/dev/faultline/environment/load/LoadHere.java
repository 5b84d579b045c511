package dev.faultline.environment.load;

import dev.faultline.load.LoadRun;
import dev.faultline.load.LoadSecond;
import dev.faultline.load.Sent;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.util.List;

/** A load that this process makes. */
final class LoadHere implements RunningLoad {

  private final Load load;
  private final String url;
  private final LoadRun run;

  /**
   * Starts it.
   *
   * @param url the address, with nothing left to replace
   * @param inFlight how many requests may be under way at once
   * @throws IllegalArgumentException when there can be no such request
   */
  LoadHere(Load load, String url, int inFlight) {
    this.load = load;
    this.url = url;
    this.run = LoadRun.now(Orders.of(load, url), inFlight);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public String words() {
    return "load on %s at %s".formatted(url, load.base());
  }

  @Override
  public boolean running() {
    return run.running();
  }

  @Override
  public boolean surging() {
    return run.surging();
  }

  @Override
  public void surge(List<Double> rates, double each) {
    run.surge(rates, each);
  }

  @Override
  public void endSurge() {
    run.endSurge();
  }

  @Override
  public Answer.RateIs sent() {
    Sent sent = run.sent();
    return new Answer.RateIs(sent.surging(), sent.asked(), sent.sent());
  }

  @Override
  public List<LoadInterval> newest(Duration over) {
    return run.newest(over).stream().map(LoadHere::interval).toList();
  }

  private static LoadInterval interval(LoadSecond second) {
    return new LoadInterval(
        second.second(),
        second.at(),
        second.asked(),
        second.intended(),
        second.answered(),
        second.errors(),
        second.histogram());
  }

  @Override
  public void close() {
    run.close();
  }
}
