package dev.faultline.model.world;

/** A world with a beginning and an end: a lab is started and ends with the run. */
public interface Habitat extends World, AutoCloseable {

  /**
   * Whether its targets come to life only in {@link #prepare}, so that nothing can be read before.
   */
  boolean startsWithRun();

  /**
   * Makes everything ready that a run needs; does nothing where nothing is to be started.
   *
   * @throws NotReady when it cannot be made ready; whatever was started is stopped by {@link
   *     #close}
   */
  void prepare() throws NotReady;

  /** Ends everything that {@link #prepare} started, within seconds. May be called twice. */
  @Override
  void close();
}
