package dev.faultline.environment.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A started client, such as that of SSH: its pipes, and the last that it said about trouble. */
final class Channel {

  private static final Duration END = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final int LINES = 4;
  private static final int WIDTH = 200;

  private final Process process;
  private final BufferedReader from;
  private final Deque<String> said = new ArrayDeque<>();
  private final Thread listener;

  private Channel(Process process) {
    this.process = process;
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.listener = Thread.ofVirtual().name("complaints").start(this::listen);
  }

  /** Starts a client that dies with these children. */
  static Channel open(Children children, List<String> argv, Map<String, String> environment)
      throws IOException {
    ChildOutput pipe = new ChildOutput.Pipe();
    Child child = children.start(new ChildSpec(argv, environment, Path.of("/"), pipe, pipe));
    return new Channel(child.process());
  }

  OutputStream to() {
    return process.getOutputStream();
  }

  BufferedReader from() {
    return from;
  }

  private void listen() {
    try (BufferedReader errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        keep(line.strip());
      }
    } catch (IOException ended) {
      keep("");
    }
  }

  private synchronized void keep(String line) {
    if (!line.isEmpty()) {
      said.addLast(line.substring(0, Math.min(line.length(), WIDTH)));
    }
    if (said.size() > LINES) {
      said.removeFirst();
    }
  }

  /** What it said last, to be put behind other words; empty when it said nothing. */
  String complaint() {
    try {
      listener.join(LAST_WORDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return said.isEmpty() ? "" : ": " + String.join("; ", said);
    }
  }

  /** Waits until it has ended by itself, within bounds, and sees that it has. */
  void awaitEnd() {
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
      }
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it. */
  void close() {
    process.destroyForcibly();
  }
}
