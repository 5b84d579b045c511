package dev.faultline.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium of this machine, started anew for each page, without a network of its own.
 *
 * @param program where it lies
 * @param scratch a folder that it may fill
 */
record Browser(Path program, Path scratch) {

  /** What it made of a page. */
  record Seen(String dom, String log) {}

  static Optional<Browser> find(Path scratch) {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Browser(program, scratch));
  }

  Seen open(String address, String... more) throws IOException, InterruptedException {
    Path dom = Files.createTempFile(scratch, "dom", ".html");
    Path log = Files.createTempFile(scratch, "log", ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "profile")));
    command.addAll(List.of(more));
    command.add(address);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("the browser did not end within 60 s: " + Files.readString(log));
    }
    return new Seen(Files.readString(dom), Files.readString(log));
  }
}
