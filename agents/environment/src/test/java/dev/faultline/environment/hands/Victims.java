package dev.faultline.environment.hands;

import dev.faultline.environment.database.Databases;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.SignalResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes to be disturbed, all of which are gone in the end, and the hands of a run. */
final class Victims implements AutoCloseable {

  private final List<ProcessIdentity> processes = new ArrayList<>();

  /** A process that does nothing for ten minutes. */
  ProcessRef sleeper() throws IOException {
    return ref(new ProcessBuilder("sleep", "600").start().pid());
  }

  /** A process that something else has started. */
  ProcessRef ref(long pid) {
    ProcessIdentity identity = ProcessIdentity.of(pid).orElseThrow();
    processes.add(identity);
    return new ProcessRef("victim", identity.text());
  }

  static RunPlace place(Path folder, String runId) {
    return new RunPlace(
        runId,
        folder,
        folder,
        folder.resolve("cache"),
        Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  static Hands hands(RunPlace place) {
    return new Hands(
        place,
        target -> new Facts(List.of(), List.of(), List.of()),
        new Databases(place.runId(), List.of()),
        Optional.empty(),
        new Texts(Victims::expand, Victims::expand, Map.of("FAULTLINE_LAB", "the lab")),
        Seams.NONE);
  }

  private static String expand(String text) {
    if (text.contains("${nothing}")) {
      throw new IllegalArgumentException("${nothing} stands for nothing");
    }
    return text.replace("${port}", "8080");
  }

  @Override
  public void close() {
    for (ProcessIdentity process : processes) {
      if (process.signal(PosixSignal.KILL) instanceof SignalResult.Denied denied) {
        throw new AssertionError("left behind: " + process + " " + denied);
      }
    }
  }
}
