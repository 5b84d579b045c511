package dev.faultline.environment.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Kubernetes on this machine with one real node, as {@code .ci/cluster} starts it. It ends
 * with the test, unless {@code FAULTLINE_TEST_KUBECONFIG} names one that runs already.
 */
public final class TestCluster implements AutoCloseable {

  private static final String RUNS_ALREADY = "FAULTLINE_TEST_KUBECONFIG";
  private static final int MISSING_HERE = 5;
  private static final int MINUTES = 16;

  private final boolean ours;
  private final KubernetesClient client;

  private TestCluster(Path kubeconfig, boolean ours) throws IOException {
    this.ours = ours;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
  }

  /** Starts it; skips the test, with the reason, where this machine cannot. */
  public static TestCluster start(Path folder) throws Exception {
    Optional<String> runs = Optional.ofNullable(System.getenv(RUNS_ALREADY));
    if (runs.isPresent()) {
      return new TestCluster(Path.of(runs.get()), false);
    }
    Path out = folder.resolve("cluster.out");
    Path err = folder.resolve("cluster.err");
    int exit = run(out, err, "up", "real");
    if (exit == MISSING_HERE) {
      Assumptions.abort("needs a Kubernetes for tests: " + Files.readString(err).strip());
    }
    if (exit != 0) {
      run(out, folder.resolve("cluster.down"), "down", "real");
      throw new IOException("the cluster does not start: " + Files.readString(err));
    }
    return new TestCluster(Path.of(Files.readString(out).strip()), true);
  }

  private static int run(Path out, Path err, String program, String mode)
      throws IOException, InterruptedException {
    Path script = checkout().resolve(".ci/cluster").resolve(program);
    Process process =
        new ProcessBuilder(script.toString(), mode)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("%s does not end: %s".formatted(script, Files.readString(err)));
    }
    return process.exitValue();
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".ci/cluster"))) {
      folder =
          Optional.ofNullable(folder.getParent())
              .orElseThrow(() -> new IllegalStateException("tests run in a checkout"));
    }
    return folder;
  }

  /** What talks to it as its administrator. */
  public KubernetesClient client() {
    return client;
  }

  /**
   * A kubeconfig of an account of the cluster.
   *
   * @param file where it is written
   * @param context what its one context is called
   */
  public Path kubeconfig(Path file, String context, String namespace, String account)
      throws IOException {
    TokenRequest request =
        new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build();
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(account)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: %s
        contexts: [{name: %s, context: {cluster: test, user: %s, namespace: %s}}]
        clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: %s, user: {token: %s}}]
        """
            .formatted(
                context,
                context,
                account,
                namespace,
                client.getMasterUrl(),
                client.getConfiguration().getCaCertData(),
                account,
                token);
    return Files.writeString(file, text);
  }

  @Override
  public void close() throws IOException {
    client.close();
    if (!ours) {
      return;
    }
    Path said = Files.createTempFile("cluster", ".down");
    try {
      if (run(said, said, "down", "real") != 0) {
        throw new IOException("the cluster does not end: " + Files.readString(said));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the cluster ended", interrupted);
    } finally {
      Files.delete(said);
    }
  }
}
