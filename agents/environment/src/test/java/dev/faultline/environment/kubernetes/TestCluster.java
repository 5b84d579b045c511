package dev.faultline.environment.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Kubernetes on this machine, as {@code .ci/cluster} starts it: with real nodes, or with
 * fake ones, whose pods are ready and gone as soon as they should be, and run nothing. It ends with
 * the test, unless {@code FAULTLINE_TEST_KUBECONFIG}, or {@code FAULTLINE_TEST_FAKE_KUBECONFIG},
 * names one that runs already.
 */
public final class TestCluster implements AutoCloseable {

  private static final int MISSING_HERE = 5;
  private static final int MINUTES = 16;

  /** What the nodes of a cluster are; the word is that of {@code .ci/cluster}. */
  private enum Nodes {
    REAL("real", "REAL_NODES", "FAULTLINE_TEST_KUBECONFIG"),
    FAKE("kwok", "KWOK_NODES", "FAULTLINE_TEST_FAKE_KUBECONFIG");

    private final String word;
    private final String counted;
    private final String runsAlready;

    Nodes(String word, String counted, String runsAlready) {
      this.word = word;
      this.counted = counted;
      this.runsAlready = runsAlready;
    }
  }

  private final Nodes nodes;
  private final boolean ours;
  private final Path administrator;
  private final KubernetesClient client;

  private TestCluster(Nodes nodes, Path kubeconfig, boolean ours) throws IOException {
    this.nodes = nodes;
    this.ours = ours;
    this.administrator = kubeconfig;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
  }

  /** Starts one with a real node; skips the test, with the reason, where this machine cannot. */
  public static TestCluster start(Path folder) throws Exception {
    return start(folder, 1);
  }

  /** Starts one with so many real nodes, which takes a second more for each. */
  public static TestCluster start(Path folder, int count) throws Exception {
    return start(folder, Nodes.REAL, count);
  }

  /** Starts one with the fake nodes fake1, fake2 and fake3; skips the test as {@link #start}. */
  public static TestCluster startFake(Path folder) throws Exception {
    return start(folder, Nodes.FAKE, 3);
  }

  private static TestCluster start(Path folder, Nodes nodes, int count) throws Exception {
    Optional<String> runs = Optional.ofNullable(System.getenv(nodes.runsAlready));
    if (runs.isPresent()) {
      return new TestCluster(nodes, Path.of(runs.get()), false);
    }
    Path out = folder.resolve("cluster.out");
    Path err = folder.resolve("cluster.err");
    int exit = run(out, err, "up", nodes, count);
    if (exit == MISSING_HERE) {
      Assumptions.abort("needs a Kubernetes for tests: " + Files.readString(err).strip());
    }
    if (exit != 0) {
      run(out, folder.resolve("cluster.down"), "down", nodes, 0);
      throw new IOException("the cluster does not start: " + Files.readString(err));
    }
    return new TestCluster(nodes, Path.of(Files.readString(out).strip()), true);
  }

  private static int run(Path out, Path err, String program, Nodes nodes, int count)
      throws IOException, InterruptedException {
    Path script = checkout().resolve(".ci/cluster").resolve(program);
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), nodes.word)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put(nodes.counted, Integer.toString(count));
    Process process = builder.start();
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

  /** The kubeconfig of its administrator. */
  public Path administrator() {
    return administrator;
  }

  /**
   * Kills its API server, which {@link #startApiServer} starts again; skips the test where the
   * cluster was not started by {@code .ci/cluster}.
   *
   * @return the command that it was started with
   */
  public List<String> killApiServer() throws IOException {
    Path pid = administrator.resolveSibling("kube-apiserver.pid");
    Assumptions.assumeTrue(Files.exists(pid), "needs a cluster that .ci/cluster has started");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    List<String> command =
        List.of(Files.readString(Path.of("/proc/" + server.pid() + "/cmdline")).split("\0"));
    server.destroyForcibly();
    server.onExit().join();
    return command;
  }

  /** Starts its API server again, and waits until that answers. */
  public void startApiServer(List<String> command) throws IOException, InterruptedException {
    Path log = administrator.resolveSibling("kube-apiserver.log");
    Process server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Files.writeString(
        administrator.resolveSibling("kube-apiserver.pid"), Long.toString(server.pid()));
    long began = System.nanoTime();
    while (!answers()) {
      if (!server.isAlive() || System.nanoTime() - began > TimeUnit.MINUTES.toNanos(2)) {
        throw new IOException("the API server does not start, see " + log);
      }
      Thread.sleep(100);
    }
  }

  private boolean answers() {
    try {
      return client.namespaces().withName("default").get() != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
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
      if (run(said, said, "down", nodes, 0) != 0) {
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
