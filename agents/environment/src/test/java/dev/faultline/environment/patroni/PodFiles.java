package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pod sees of this machine: folders at the paths that they have here, read-only. */
final class PodFiles {

  private final Path folder;
  private final Tools tools;
  private final List<Map<String, Object>> mounts = new ArrayList<>();
  private final List<Map<String, Object>> volumes = new ArrayList<>();
  private final List<Path> mounted = new ArrayList<>();

  private PodFiles(Path folder, Tools tools) {
    this.folder = folder;
    this.tools = tools;
  }

  /** None yet, but the settings of Patroni. */
  static PodFiles of(Path folder, Tools tools) {
    PodFiles files = new PodFiles(folder, tools);
    files.volumes.add(Map.of("name", "settings", "configMap", Map.of("name", "patroni")));
    files.mounts.add(Map.of("name", "settings", "mountPath", "/etc/patroni"));
    files.mounts.add(Map.of("name", "settings", "mountPath", "/etc/passwd", "subPath", "passwd"));
    return files;
  }

  List<Map<String, Object>> mounts() {
    return mounts;
  }

  List<Map<String, Object>> volumes() {
    return volumes;
  }

  /** Shows a folder that everybody may read, unless one above it is shown. */
  void mount(Path path) {
    if (Files.isDirectory(path) && mounted.stream().noneMatch(path::startsWith)) {
      show(path, path);
    }
  }

  /** Shows what only its owner may read, by a copy that everybody may. */
  void copy(Path path, Duration within) throws IOException, InterruptedException {
    Path copy = folder.resolve("shown-" + mounted.size());
    tools.run(List.of("cp", "-r", path.toString(), copy.toString()), within);
    tools.run(List.of("chmod", "-R", "a+rX", copy.toString()), within);
    show(path, copy);
  }

  private void show(Path path, Path source) {
    String name = "shown-" + mounted.size();
    volumes.add(Map.of("name", name, "hostPath", Map.of("path", source.toString())));
    mounts.add(Map.of("name", name, "mountPath", path.toString(), "readOnly", true));
    mounted.add(path);
  }

  /** Where a pod keeps its data: at its node, or with it. */
  void data(boolean stays) throws IOException {
    if (stays) {
      Path data = Files.createDirectories(folder.resolve("data"));
      for (int pod = 0; pod < 2; pod++) {
        Files.setPosixFilePermissions(
            Files.createDirectories(data.resolve("orders-" + pod)),
            PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      volumes.add(Map.of("name", "data", "hostPath", Map.of("path", data.toString())));
      mounts.add(Map.of("name", "data", "mountPath", "/data", "subPathExpr", "$(PATRONI_NAME)"));
    } else {
      volumes.add(Map.of("name", "data", "emptyDir", Map.of()));
      mounts.add(Map.of("name", "data", "mountPath", "/data"));
    }
  }
}
