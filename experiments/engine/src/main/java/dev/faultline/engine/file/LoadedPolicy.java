package dev.faultline.engine.file;

import dev.faultline.model.document.PolicySpec;
import java.nio.file.Path;
import java.util.List;

/** A policy with the place that it has in its file. Immutable. */
public final class LoadedPolicy {

  private final PolicySpec spec;
  private final Placed placed;

  LoadedPolicy(PolicySpec spec, Placed placed) {
    this.spec = spec;
    this.placed = placed;
  }

  /** What it is called. */
  public String name() {
    return placed.name();
  }

  /** Its content. */
  public PolicySpec spec() {
    return spec;
  }

  /** The folder of its file, which the paths of its tests start from. */
  public Path folder() {
    return placed.folder();
  }

  /** A refusal of what stands at a path, such as {@code spec, rules, 0, require}. */
  public InvalidFile refuse(List<String> path, String problem) {
    return placed.refuse(path, problem);
  }
}
