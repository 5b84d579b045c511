package dev.faultline.model.event;

/** Takes the events of a run, one after the other, on one thread. */
@FunctionalInterface
public interface Sink {

  /** Takes one event; must not throw. */
  void accept(Entry entry);
}
