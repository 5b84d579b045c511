package dev.faultline.engine.file;

import dev.faultline.engine.file.InvalidFile.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Where an experiment and its gates stand in its file.
 *
 * @param experiment its name
 * @param gates each gate that the file names, by that name
 */
public record Whereabouts(Place experiment, Map<String, Place> gates) {

  /** Keeps the map unchangeable. */
  public Whereabouts {
    gates = Map.copyOf(gates);
  }

  /**
   * Looks for an experiment in its file.
   *
   * @throws InvalidFile when the file can no longer be read, or has no such experiment any more
   */
  public static Whereabouts of(Loader loader, LoadedExperiment experiment) throws InvalidFile {
    Found found = find(loader, experiment);
    return of(found.raw(), found.number());
  }

  /**
   * Refuses a part of an experiment where it stands, or the nearest part around that.
   *
   * @param path such as {@code spec, faults}
   * @throws InvalidFile when the file can no longer be read, or has no such experiment any more
   */
  public static InvalidFile refuse(
      Loader loader, LoadedExperiment experiment, List<String> path, String problem)
      throws InvalidFile {
    Found found = find(loader, experiment);
    Refusal refusal = new Refusal(path, Refusal.Spot.KEY, problem);
    return Placed.refuse(refusal, found.number(), found.raw().map(), found.raw().source());
  }

  private record Found(RawFile raw, int number) {}

  private static Found find(Loader loader, LoadedExperiment experiment) throws InvalidFile {
    RawFile raw = loader.raw(Path.of(experiment.file()), experiment.file());
    String kind = experiment.rollout().isPresent() ? "Rollout" : "Experiment";
    for (int number = 0; number < raw.trees().size(); number++) {
      JsonNode tree = raw.trees().get(number);
      if (tree.path("kind").asString("").equals(kind)
          && tree.path("metadata").path("name").asString("").equals(experiment.name())) {
        return new Found(raw, number);
      }
    }
    throw new InvalidFile(
        experiment.file(),
        "the file changed while it was read: '%s' is gone; try again".formatted(experiment.name()));
  }

  private static Whereabouts of(RawFile raw, int number) {
    Map<String, Place> gates = new LinkedHashMap<>();
    JsonNode listed = raw.trees().get(number).path("spec").path("gates");
    for (int i = 0; i < listed.size(); i++) {
      String name = listed.path(i).path("name").asString("");
      gates.put(name, place(raw, number, List.of("spec", "gates", String.valueOf(i), "name")));
    }
    return new Whereabouts(place(raw, number, List.of("metadata", "name")), gates);
  }

  private static Place place(RawFile raw, int number, List<String> path) {
    SourceMap.Position at = raw.map().locate(number, path, Refusal.Spot.KEY);
    return raw.source().refuse(at.line(), at.column(), "").place().orElseThrow();
  }
}
