package dev.faultline.benchmarks.operator;

import dev.faultline.benchmarks.kubernetes.Account;
import dev.faultline.environment.lives.Folders;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints what an operator costs that has many objects, of which none is due. */
public final class OperatorTable {

  private static final Pattern PORT = Pattern.compile("figures on port (\\d+)");
  private static final Pattern MEMORY = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern MOST_MEMORY = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SETTLES_SECONDS = 30;
  private static final int MEASURED_SECONDS = 120;
  private static final int KIB = 1024;
  private static final int FINE = 200;

  private OperatorTable() {}

  /**
   * Starts an operator and leaves it alone.
   *
   * @param args the command {@code faultline}, a kubeconfig of an administrator, how many objects
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("faultline-idle");
    int count = Integer.parseInt(args[2]);
    Config config = Config.fromKubeconfig(Files.readString(Path.of(args[1])));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      define(client, args[0], folder);
      try (IdleObjects _ = new IdleObjects(client, count);
          Account account = Account.make(client, IdleObjects.NAMESPACE, "cluster-admin")) {
        measure(args[0], account, folder, count);
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private static void define(KubernetesClient client, String faultline, Path folder)
      throws IOException, InterruptedException {
    Path crds = folder.resolve("crds.yaml");
    Process process = new ProcessBuilder(faultline, "crds").redirectOutput(crds.toFile()).start();
    if (!process.waitFor(PATIENCE) || process.exitValue() != 0) {
      throw new IOException("'faultline crds' failed");
    }
    client.load(new ByteArrayInputStream(Files.readAllBytes(crds))).serverSideApply();
    TimeUnit.SECONDS.sleep(2);
  }

  private static void measure(String faultline, Account account, Path folder, int count)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    List<String> command =
        List.of(
            faultline,
            "operator",
            "--kubeconfig",
            account.kubeconfig(folder).toString(),
            "--home",
            IdleObjects.NAMESPACE,
            "--port",
            "0");
    ProcessBuilder program = new ProcessBuilder(command).redirectError(said.toFile());
    program.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    long start = System.nanoTime();
    Process operator = program.start();
    try {
      awaitReady(said);
      Duration ready = Duration.ofNanos(System.nanoTime() - start);
      print(operator, account, ready, count);
    } finally {
      operator.destroy();
      if (!operator.waitFor(PATIENCE)) {
        operator.destroyForcibly();
      }
    }
  }

  private static void print(Process operator, Account account, Duration ready, int count)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLES_SECONDS);
    long before = account.requests();
    long spent = operator.info().totalCpuDuration().orElseThrow().toMillis();
    TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
    double requests = (double) (account.requests() - before) / MEASURED_SECONDS;
    spent = operator.info().totalCpuDuration().orElseThrow().toMillis() - spent;
    String status = Files.readString(Path.of("/proc/%d/status".formatted(operator.pid())));
    System.out.println(
        "| objects | ready after, ms | requests/s | processor, ms/s | memory, MiB | at most, MiB |");
    System.out.println("|---|---|---|---|---|---|");
    System.out.printf(
        "| %d | %d | %.2f | %.1f | %d | %d |%n",
        count,
        ready.toMillis(),
        requests,
        (double) spent / MEASURED_SECONDS,
        mebibytes(MEMORY, status),
        mebibytes(MOST_MEMORY, status));
  }

  private static void awaitReady(Path said) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end) {
        Matcher port = PORT.matcher(Files.exists(said) ? Files.readString(said) : "");
        if (port.find()) {
          URI asked = URI.create("http://127.0.0.1:%s/readyz".formatted(port.group(1)));
          HttpRequest request = HttpRequest.newBuilder(asked).timeout(PATIENCE).build();
          if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == FINE) {
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("the operator does not become ready: " + Files.readString(said));
  }

  private static long mebibytes(Pattern which, String status) {
    Matcher found = which.matcher(status);
    return found.find() ? Long.parseLong(found.group(1)) / KIB : -1;
  }
}
