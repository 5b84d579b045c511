package dev.faultline.serve;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A Chromium of this machine with one page, told what to do by its DevTools protocol. */
final class Chromium implements AutoCloseable {

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  private Chromium(Process process, String page) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(Codec.json().readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      Optional.ofNullable(asked.remove(message.get("id").asInt()))
          .ifPresent(answer -> answer.complete(message));
    } else if (message.path("method").asString("").equals("Log.entryAdded")) {
      complaints.add(message.get("params").toString());
    }
  }

  /** Starts one; empty where there is none on this machine. */
  static Optional<Chromium> start(Path scratch) throws Exception {
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Path profile = Files.createDirectories(scratch.resolve("profile"));
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    List<String> lines =
        Await.until(
            () -> Files.exists(port) ? Files.readAllLines(port) : List.of(),
            found -> found.size() == 2);
    return Optional.of(new Chromium(process, page(lines.getFirst())));
  }

  private static String page(String port) throws Exception {
    URI list = URI.create("http://127.0.0.1:%s/json/list".formatted(port));
    JsonNode pages =
        Await.until(
            () -> Codec.json().readTree(list.toURL().openStream().readAllBytes()),
            found -> !found.isEmpty());
    for (JsonNode page : pages) {
      if (page.path("type").asString("").equals("page")) {
        return page.get("webSocketDebuggerUrl").asString();
      }
    }
    throw new IOException("the browser has no page");
  }

  JsonNode command(String method, Map<String, Object> parameters) throws Exception {
    int id = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    String text =
        Codec.json().writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    WebSocket _ = socket.sendText(text, true).get(60, TimeUnit.SECONDS);
    JsonNode told = answer.get(90, TimeUnit.SECONDS);
    if (told.has("error")) {
      throw new IOException(method + ": " + told.get("error"));
    }
    return told.get("result");
  }

  /** What a piece of script gives. */
  JsonNode value(String script) throws Exception {
    JsonNode told =
        command("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    if (told.has("exceptionDetails")) {
      throw new IOException(script + ": " + told.get("exceptionDetails"));
    }
    return told.path("result").path("value");
  }

  String text(String script) throws Exception {
    return value(script).asString("");
  }

  /** Goes to an address, and waits until the page is there. */
  void open(String address) throws Exception {
    JsonNode _ = command("Page.navigate", Map.of("url", address));
    String _ =
        Await.until(
            () -> text("document.readyState + ' ' + location.href"),
            state -> state.equals("complete " + address));
  }

  void shape(int width, int height, boolean dark) throws Exception {
    JsonNode _ = command("Log.enable", Map.of());
    JsonNode _ =
        command(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    JsonNode _ =
        command(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  void picture(Path file) throws Exception {
    JsonNode shot =
        command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Path _ = Files.write(file, Base64.getDecoder().decode(shot.get("data").asString()));
  }

  /** What the browser complained of, such as scripts that a page may not run. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Process _ = process.destroyForcibly();
  }
}
