package dev.faultline.environment.hands;

import dev.faultline.environment.database.Databases;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Processes that run on this machine and that Faultline did not start. */
public final class LocalHabitat implements Habitat {

  private final Hands hands;

  /**
   * A view of the processes; nothing is read before it is asked for.
   *
   * @param databases those that run already
   * @param sightings hears of pid files that cannot be used
   */
  public LocalHabitat(
      Local local,
      Databases databases,
      Optional<PrometheusEndpoint> prometheus,
      RunPlace place,
      Consumer<Sighting> sightings) {
    this.hands =
        new Hands(
            place,
            LocalInventory.of(local, place.base(), sightings),
            databases,
            prometheus,
            texts(local.values()),
            Seams.NONE);
  }

  private static Texts texts(Map<String, String> values) {
    if (values.isEmpty()) {
      return Texts.PLAIN;
    }
    Placeholders placeholders = new Placeholders(values);
    return new Texts(placeholders::expand, placeholders::expand, Map.of());
  }

  @Override
  public boolean startsWithRun() {
    return false;
  }

  @Override
  public void prepare() {}

  @Override
  public Facts facts(Target target) {
    return hands.facts(target);
  }

  @Override
  public Effect apply(Action action) {
    return hands.apply(action);
  }

  @Override
  public Answer ask(Query query) {
    return hands.ask(query);
  }

  @Override
  public void close() {
    hands.close();
  }
}
