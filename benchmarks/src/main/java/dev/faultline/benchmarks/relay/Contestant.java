package dev.faultline.benchmarks.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What connections to the server go through. */
sealed interface Contestant extends AutoCloseable {

  String name();

  /** Where clients connect. */
  int port();

  /** Whether it can delay. */
  boolean delays();

  /** Delays what is sent to the server; zero ends that. Nothing where it cannot. */
  void delay(Duration time) throws IOException, InterruptedException;

  /** Memory of its process in bytes; 0 when it has none. */
  long memory() throws IOException;

  /** Processor time of its process so far. */
  Duration processor();

  @Override
  void close();

  /** One that is a process. */
  sealed interface Running extends Contestant {

    Process process();

    @Override
    default long memory() throws IOException {
      return Memory.of(process().pid());
    }

    @Override
    default Duration processor() {
      return process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    default void close() {
      Memory.end(process());
    }
  }

  /** Nothing. */
  record Direct(int port) implements Contestant {
    @Override
    public String name() {
      return "direct";
    }

    @Override
    public boolean delays() {
      return false;
    }

    @Override
    public void delay(Duration time) {}

    @Override
    public long memory() {
      return 0;
    }

    @Override
    public Duration processor() {
      return Duration.ZERO;
    }

    @Override
    public void close() {}
  }

  /** The command {@code faultline relay}, told by its input. */
  record Faultline(Process process, Writer input, int port) implements Running {

    private static final Pattern LISTENING = Pattern.compile("listening on 127.0.0.1:(\\d+),.*");

    static Faultline start(String command, int target) throws IOException {
      Process process =
          new ProcessBuilder(command, "relay", "--to", String.valueOf(target), "--follow-input")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader output = process.inputReader();
      Matcher line = LISTENING.matcher(String.valueOf(output.readLine()));
      if (!line.matches()) {
        process.destroy();
        throw new IOException(command + " relay did not start");
      }
      return new Faultline(process, process.outputWriter(), Integer.parseInt(line.group(1)));
    }

    @Override
    public String name() {
      return "Faultline";
    }

    @Override
    public boolean delays() {
      return true;
    }

    @Override
    public void delay(Duration time) throws IOException, InterruptedException {
      input.write(
          time.isZero()
              ? "clear\n"
              : "latency %dms direction to-target\n".formatted(time.toMillis()));
      input.flush();
      Thread.sleep(200);
    }
  }

  /** Toxiproxy's server, told by its API. */
  record Toxiproxy(Process process, URI api, int port) implements Running {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Toxiproxy start(String server, List<Integer> free, int target)
        throws IOException, InterruptedException {
      int api = free.getFirst();
      int port = free.getLast();
      Process process =
          new ProcessBuilder(server, "-host", "127.0.0.1", "-port", String.valueOf(api))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Toxiproxy proxy =
          new Toxiproxy(process, URI.create("http://127.0.0.1:%d/".formatted(api)), port);
      String body =
          "{\"name\":\"bench\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\"}"
              .formatted(port, target);
      for (int tries = 0; ; tries++) {
        try {
          proxy.send("POST", "proxies", body);
          return proxy;
        } catch (IOException notYet) {
          if (tries == 100) {
            process.destroy();
            throw notYet;
          }
          Thread.sleep(100);
        }
      }
    }

    private void send(String method, String path, String body)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve(path))
              .timeout(Duration.ofSeconds(10))
              .method(method, BodyPublishers.ofString(body))
              .build();
      int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new IOException("Toxiproxy answers %d to %s %s".formatted(status, method, path));
      }
    }

    @Override
    public String name() {
      return "Toxiproxy";
    }

    @Override
    public boolean delays() {
      return true;
    }

    @Override
    public void delay(Duration time) throws IOException, InterruptedException {
      send("POST", "reset", "");
      if (time.isZero()) {
        return;
      }
      send(
          "POST",
          "proxies/bench/toxics",
          "{\"name\":\"late\",\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":%d}}"
              .formatted(time.toMillis()));
    }
  }

  /** HAProxy, which knows no faults: what a proxy in C can do on this machine. */
  record HaProxy(Process process, int port) implements Running {

    static HaProxy start(String program, int port, int target) throws IOException {
      Path settings = Files.createTempFile("haproxy", ".cfg");
      try {
        Files.writeString(
            settings,
            """
            defaults
              mode tcp
              maxconn 4000
              timeout connect 5s
              timeout client 1m
              timeout server 1m
            listen bench
              bind 127.0.0.1:%d
              server server 127.0.0.1:%d
            """
                .formatted(port, target));
        Process process =
            new ProcessBuilder(program, "-db", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Memory.awaitListening(port, process);
        return new HaProxy(process, port);
      } finally {
        Files.delete(settings);
      }
    }

    @Override
    public String name() {
      return "HAProxy";
    }

    @Override
    public boolean delays() {
      return false;
    }

    @Override
    public void delay(Duration time) {}
  }

  /** Looks after processes. */
  final class Memory {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private Memory() {}

    static long of(long pid) throws IOException {
      Path status = Path.of("/proc", String.valueOf(pid), "status");
      if (!Files.exists(status)) {
        return 0;
      }
      Matcher found = RESIDENT.matcher(Files.readString(status));
      return found.find() ? Long.parseLong(found.group(1)) << 10 : 0;
    }

    static void awaitListening(int port, Process process) throws IOException {
      for (int tries = 0; ; tries++) {
        try {
          new Socket(InetAddress.getLoopbackAddress(), port).close();
          return;
        } catch (IOException notYet) {
          if (tries == 100 || !process.isAlive()) {
            process.destroy();
            throw notYet;
          }
          LockSupport.parkNanos(50_000_000);
        }
      }
    }

    static void end(Process process) {
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
