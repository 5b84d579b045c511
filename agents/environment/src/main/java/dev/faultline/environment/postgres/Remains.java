package dev.faultline.environment.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What servers leave beside their folders when they die with the program that started them.
 *
 * @param lab the folder of the lab that they were in
 */
public record Remains(Path lab) {

  private static final int DATABASE_NODE_DATA = 3;

  /**
   * Kills what still lives of them, such as a process that was frozen, and removes the shared
   * memory that nobody uses. The folders stay. May be called twice.
   *
   * @throws IOException when something stays
   */
  public void remove() throws IOException, InterruptedException {
    for (Path data : dataFolders()) {
      if (!new ServerProcesses(data).kill(Optional.empty())) {
        throw new IOException("processes in %s survived being killed".formatted(data));
      }
      Optional<SharedSegment> segment = SharedSegment.of(data);
      if (segment.isPresent()) {
        segment.get().remove();
      }
    }
  }

  private List<Path> dataFolders() throws IOException {
    if (!Files.isDirectory(lab)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(lab, DATABASE_NODE_DATA)) {
      return found.filter(path -> Files.exists(path.resolve("PG_VERSION"))).toList();
    }
  }
}
