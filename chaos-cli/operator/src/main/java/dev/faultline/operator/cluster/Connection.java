package dev.faultline.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How an operator reaches its cluster. */
public final class Connection {

  private static final int WITHIN_MILLIS = 5_000;

  private Connection() {}

  /**
   * A client whose requests end soon: whoever waits for one renews nothing meanwhile.
   *
   * @param kubeconfig a file; from inside of a cluster, or as {@code kubectl} would, when empty
   * @throws IOException when it cannot be read
   */
  public static KubernetesClient open(Optional<String> kubeconfig) throws IOException {
    Config config =
        kubeconfig.isPresent()
            ? Config.fromKubeconfig(Files.readString(Path.of(kubeconfig.get())))
            : Config.autoConfigure(null);
    config.setRequestTimeout(WITHIN_MILLIS);
    config.setConnectionTimeout(WITHIN_MILLIS);
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
