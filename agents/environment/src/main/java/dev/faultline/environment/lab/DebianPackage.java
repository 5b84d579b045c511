package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The package of Debian and its relatives. */
record DebianPackage() implements PrometheusSource {

  @Override
  public String name() {
    return "debian";
  }

  @Override
  public String announcement() {
    return "fetching prometheus as a Debian package, once (about 35 MB)";
  }

  @Override
  public void fetch(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    Path unpacked = folder.resolve("unpacked");
    try (DebianPackages packages = DebianPackages.read(folder, tools, deadline)) {
      packages.unpack(List.of("prometheus"), unpacked);
    }
    Files.move(unpacked.resolve("usr/bin/prometheus"), folder.resolve("prometheus"));
    Folders.remove(unpacked);
  }
}
