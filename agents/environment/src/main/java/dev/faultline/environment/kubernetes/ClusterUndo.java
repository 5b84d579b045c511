package dev.faultline.environment.kubernetes;

import dev.faultline.model.environment.Kubernetes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes back what runs left in a cluster, by what objects carry themselves: no journal is needed.
 *
 * @param place which cluster, and which namespace; all of them when it names none
 * @param base the folder that a relative path of a kubeconfig starts from
 */
public record ClusterUndo(Kubernetes place, Path base) {

  /**
   * Looks for all of it and takes it back. Each request is bounded; what cannot be done is told and
   * never keeps the rest from being done.
   *
   * @param run of which run; of all when empty
   * @param on the runs that are known to be on; they are left alone
   * @return all that was found, in order
   */
  public List<Remain> undo(Optional<String> run, Set<String> on) {
    try (Api api = new Api(Clusters.config(place, base), place.namespace())) {
      return new Sweep(api, place.namespace(), run, on).undo();
    } catch (ApiTrouble trouble) {
      return List.of(
          new Remain(
              "",
              "the cluster",
              Remain.State.LEFT,
              trouble.words() + "; name it with --kubeconfig and --context"));
    }
  }
}
