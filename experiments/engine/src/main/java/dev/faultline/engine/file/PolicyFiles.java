package dev.faultline.engine.file;

import dev.faultline.model.document.Policy;
import java.util.ArrayList;
import java.util.List;

/** Finds policies in files. Thread-safe. */
public final class PolicyFiles {

  private final Loader loader;

  /** Reads with a loader that others use too. */
  public PolicyFiles(Loader loader) {
    this.loader = loader;
  }

  /**
   * Reads the policies of a file; none where it holds other documents only.
   *
   * @throws InvalidFile when it is refused
   */
  public List<LoadedPolicy> load(String file) throws InvalidFile {
    List<LoadedPolicy> policies = new ArrayList<>();
    for (Placed placed : loader.read(ExperimentFiles.path(file), file)) {
      if (placed.document() instanceof Policy policy) {
        policies.add(new LoadedPolicy(policy.spec(), placed));
      }
    }
    return policies;
  }
}
