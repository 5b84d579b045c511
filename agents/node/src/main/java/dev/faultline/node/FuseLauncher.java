package dev.faultline.node;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * Starts fuses, detached: each in a session of its own, so that it outlives this process, its
 * process group and its terminal. Immutable and thread-safe.
 *
 * @param java the {@code java} executable to start them with, version 25 or newer
 * @param classPath where the classes of this package are: a jar or a folder
 */
public record FuseLauncher(Path java, String classPath) {

  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx16m",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  /** Starts fuses with the JVM and the classes that this process runs on. */
  public static FuseLauncher likeThisProcess() {
    return new FuseLauncher(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        ownJar().orElseGet(FuseLauncher::all));
  }

  /** The jar or folder that this class came from, as far as the class loader knows. */
  private static Optional<String> ownJar() {
    // A class out of an archive whose jar was moved since knows no place.
    return Optional.ofNullable(Fuse.class.getProtectionDomain().getCodeSource())
        .flatMap(source -> Optional.ofNullable(source.getLocation()))
        .map(location -> Path.of(URI.create(location.toString())).toString());
  }

  private static String all() {
    return System.getProperty("java.class.path");
  }

  /**
   * Starts a fuse and waits until it is in force.
   *
   * @param order whose lease must exist and be held
   * @param timeout how long that may take; then the fuse is killed
   * @throws FuseStartException when there is no fuse in force, for whatever reason
   */
  public Armed start(FuseOrder order, Duration timeout) throws FuseStartException {
    long began = System.nanoTime();
    Process process = launch(order);
    try {
      ProcessIdentity identity =
          ProcessIdentity.of(process.pid())
              .orElseThrow(() -> new FuseStartException(refusal(process)));
      FutureTask<String> arming = new FutureTask<>(() -> arm(process, order));
      Thread.ofPlatform().daemon().start(arming);
      String answer = arming.get(timeout.toNanos(), NANOSECONDS);
      if (!answer.equals(Fuse.ARMED)) {
        throw new FuseStartException("the fuse refused its order: " + answer);
      }
      return new Armed(
          identity, order.lease(), order.fault(), Duration.ofNanos(System.nanoTime() - began));
    } catch (FuseStartException refused) {
      end(process);
      throw refused;
    } catch (TimeoutException slow) {
      end(process);
      throw new FuseStartException("the fuse was not armed within " + timeout.toMillis() + " ms");
    } catch (ExecutionException failure) {
      end(process);
      throw new FuseStartException("the fuse could not be fed", failure);
    } catch (InterruptedException interrupted) {
      end(process);
      Thread.currentThread().interrupt();
      throw new FuseStartException("interrupted while arming the fuse", interrupted);
    }
  }

  /** Waits for it, without being interrupted: a refusal means that there is no fuse. */
  private static void end(Process process) {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, 5, SECONDS).join();
  }

  private Process launch(FuseOrder order) throws FuseStartException {
    List<String> command = new ArrayList<>(List.of("setsid", "--", java.toString()));
    command.addAll(SMALL_JVM);
    command.addAll(List.of("-cp", classPath, Fuse.class.getName()));
    command.addAll(FuseMarker.of(order).arguments());
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    // Without a UTF-8 locale the JDK hands '?' to programs in place of other letters.
    environment.put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new FuseStartException("cannot start the fuse (needs setsid of util-linux)", failure);
    }
  }

  /** Returns what the fuse answered. */
  private static String arm(Process process, FuseOrder order) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(FuseOrderText.write(order).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException brokenPipe) {
      return refusal(process);
    }
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      String line = firstLine(out);
      return line.equals(Fuse.ARMED) ? line : firstLine(err);
    }
  }

  private static String refusal(Process process) {
    try {
      return "the fuse ended at once: " + firstLine(process.getErrorStream());
    } catch (IOException unreadable) {
      return "the fuse ended at once";
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n' && line.length() < 500; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }
}
