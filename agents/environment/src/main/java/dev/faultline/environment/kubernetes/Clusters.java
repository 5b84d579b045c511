package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Kubernetes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the cluster that an environment means, as {@code kubectl} would. */
final class Clusters {

  private Clusters() {}

  /**
   * How the cluster is reached.
   *
   * @param base the folder that a relative path of a kubeconfig starts from
   * @throws ApiTrouble when there is no such file or context
   */
  static Config config(Kubernetes place, Path base) throws ApiTrouble {
    Config found =
        place.kubeconfig().isPresent()
            ? read(place, base.resolve(place.kubeconfig().get()))
            : Config.autoConfigure(place.context().orElse(null));
    if (place.context().isPresent()
        && (found.getCurrentContext() == null
            || !place.context().get().equals(found.getCurrentContext().getName()))) {
      throw new ApiTrouble(
          BlindReason.REFUSED, "the kubeconfig has no context " + place.context().get());
    }
    return found;
  }

  private static Config read(Kubernetes place, Path file) throws ApiTrouble {
    try {
      KubernetesSerialization yaml = new KubernetesSerialization();
      io.fabric8.kubernetes.api.model.Config written =
          yaml.unmarshal(Files.readString(file), io.fabric8.kubernetes.api.model.Config.class);
      place.context().ifPresent(written::setCurrentContext);
      return Config.fromKubeconfig(yaml.asYaml(written), file.toFile());
    } catch (IOException | KubernetesClientException | IllegalArgumentException unreadable) {
      throw new ApiTrouble(BlindReason.REFUSED, "the kubeconfig %s cannot be read".formatted(file));
    }
  }
}
