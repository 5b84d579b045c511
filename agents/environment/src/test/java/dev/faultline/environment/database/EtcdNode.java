package dev.faultline.environment.database;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.patroni.EtcdKit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An etcd of one member for a test, and what is done to it behind Faultline's back. */
final class EtcdNode implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path program;
  private final Path folder;
  private final String clients = "http://127.0.0.1:" + FreePort.choose();
  private final String peers = "http://127.0.0.1:" + FreePort.choose();
  private Process process;

  EtcdNode(Path folder) throws Exception {
    this.folder = folder;
    this.program = EtcdKit.program(folder);
    start();
  }

  String endpoint() {
    return clients;
  }

  /** Starts it, and waits until it answers. */
  void start() throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--name=one",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=one=" + peers)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Await.until("etcd answers", () -> process.isAlive() && answers());
  }

  private boolean answers() throws InterruptedException {
    try {
      return post("range", "{\"key\":\"%s\"}".formatted(base64("x"))).contains("header");
    } catch (IOException notYet) {
      return false;
    }
  }

  void kill() throws Exception {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  void put(String key, String value) throws Exception {
    post("put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64(key), base64(value)));
  }

  /** Deletes every key from one on that is less than another one. */
  void delete(String from, String to) throws Exception {
    post(
        "deleterange", "{\"key\":\"%s\",\"range_end\":\"%s\"}".formatted(base64(from), base64(to)));
  }

  /** How many keys there are from one on that are less than another one; etcd leaves out a zero. */
  long count(String from, String to) throws Exception {
    String said =
        post(
            "range",
            "{\"key\":\"%s\",\"range_end\":\"%s\",\"count_only\":true}"
                .formatted(base64(from), base64(to)));
    Matcher count = Pattern.compile("\"count\":\"(\\d+)\"").matcher(said);
    return count.find() ? Long.parseLong(count.group(1)) : 0;
  }

  private String post(String what, String body) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(clients + "/v3/kv/" + what))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
