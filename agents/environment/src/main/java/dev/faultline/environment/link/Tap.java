package dev.faultline.environment.link;

import dev.faultline.model.world.Action.DisturbLink;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.LinkReading;

/** A relay that can be told in the words of the language what to do. Thread-safe. */
public interface Tap extends AutoCloseable {

  /** Whether it can do that at all. */
  boolean takes(Disturbance what);

  /** From now on it disturbs; another of that name is replaced. */
  void put(DisturbLink order);

  /** Ends what has that name, if anything has. */
  void remove(String name);

  /** What it measured of that, also after its end; nothing of what never was. */
  LinkReading reading(String name);

  /** Ends all connections. Never waits long. May be called twice. */
  @Override
  void close();
}
