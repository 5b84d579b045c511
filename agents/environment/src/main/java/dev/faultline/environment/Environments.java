package dev.faultline.environment;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.database.ManagedDatabase;
import dev.faultline.environment.database.etcd.EtcdDatabase;
import dev.faultline.environment.database.named.NamedDatabase;
import dev.faultline.environment.hands.LocalHabitat;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.kubernetes.KubernetesHabitat;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.environment.remote.HostsHabitat;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Store;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Wiring;
import java.util.List;
import java.util.function.Consumer;

/** The one way from an environment's file to the world that it describes. */
public final class Environments {

  private Environments() {}

  /**
   * The world of an environment. Nothing is started before {@link Habitat#prepare}.
   *
   * @param wiring the links that the run wants to disturb
   * @param place where the run keeps its things
   * @param sightings hears what the environment does and sees by itself, from any thread
   */
  public static Habitat open(
      EnvironmentSpec spec, Wiring wiring, RunPlace place, Consumer<Sighting> sightings) {
    List<ManagedDatabase> named = named(spec, place, sightings);
    return switch (spec.place()) {
      case Local local ->
          new LocalHabitat(
              local, new Databases(place.runId(), named), spec.prometheus(), place, sightings);
      case Hosts hosts ->
          new HostsHabitat(
              hosts, new Databases(place.runId(), named), spec.prometheus(), place, sightings);
      case Kubernetes cluster ->
          new KubernetesHabitat(
              cluster, new Databases(place.runId(), named), spec.prometheus(), place, sightings);
      case Lab lab -> new LabHabitat(lab, named, wiring, place, sightings);
    };
  }

  private static List<ManagedDatabase> named(
      EnvironmentSpec spec, RunPlace place, Consumer<Sighting> sightings) {
    return spec.databases().entrySet().stream()
        .map(named -> named(named.getKey(), named.getValue(), place, sightings))
        .toList();
  }

  private static ManagedDatabase named(
      String name, Database database, RunPlace place, Consumer<Sighting> sightings) {
    return switch (database.store()) {
      case Store.Jdbc _ -> new NamedDatabase(name, database, place.base(), sightings);
      case Store.Etcd etcd -> new EtcdDatabase(name, etcd);
    };
  }
}
