package dev.faultline.examples.cli;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command under way; its output goes to files. */
record Running(Process process, Path outFile, Path errFile, long began) {

  private static final Duration LONGEST = Duration.ofMinutes(4);

  Running(Process process, Path outFile, Path errFile) {
    this(process, outFile, errFile, System.nanoTime());
  }

  /** Waits until the messages contain this, wherever lines are broken. */
  Running awaitErr(String words) {
    Await.until(
        "it says: " + words,
        () -> {
          if (inOneLine(err()).contains(inOneLine(words))) {
            return true;
          }
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "ended with %d: %s".formatted(process.exitValue(), err()));
          }
          throw new IllegalStateException("so far: " + err());
        });
    return this;
  }

  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** Waits until the output, which is a terminal's, contains this. */
  void awaitOut(String words) {
    Await.until("it shows: " + words, () -> out().contains(words));
  }

  void type(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Sends a signal such as INT, TERM or KILL. */
  Running signal(String name) throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (sent != 0) {
      throw new IOException("no process to send SIG%s to: %s".formatted(name, err()));
    }
    return this;
  }

  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after %s: %s".formatted(LONGEST, err()));
    }
    return new Ended(
        process.exitValue(), out(), err(), Duration.ofNanos(System.nanoTime() - began));
  }

  String out() throws IOException {
    return Files.readString(outFile);
  }

  String err() throws IOException {
    return Files.readString(errFile);
  }
}
