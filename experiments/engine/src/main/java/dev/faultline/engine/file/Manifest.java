package dev.faultline.engine.file;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An object of Kubernetes with the place that it has in its file. Immutable. */
public final class Manifest {

  private final ForeignNode object;

  Manifest(ForeignNode object) {
    this.object = object;
  }

  /** Its content, which nobody may change. */
  public JsonNode tree() {
    return object.node();
  }

  /** What it is, such as {@code Deployment orders}. */
  public String words() {
    return "%s %s"
        .formatted(
            tree().path("kind").asString(""),
            tree().path("metadata").path("name").asString("without a name"));
  }

  /** A refusal of the part of it at a path, or of the nearest part around that. */
  public InvalidFile refuse(List<String> path, String problem) {
    List<String> known = new ArrayList<>(object.path());
    JsonNode node = tree();
    for (String step : path) {
      node =
          node.isArray() && step.matches("\\d{1,6}")
              ? node.path(Integer.parseInt(step))
              : node.path(step);
      if (node.isMissingNode()) {
        break;
      }
      known.add(step);
    }
    ForeignNode.Origin file = object.file();
    return Placed.refuse(
        new Refusal(known, Refusal.Spot.KEY, problem), file.document(), file.map(), file.source());
  }
}
