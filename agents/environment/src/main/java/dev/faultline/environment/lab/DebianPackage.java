package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The package of Debian and its relatives, unpacked rather than installed: nothing of the system is
 * read or changed but its list of package sources, and no privilege is needed.
 */
record DebianPackage() implements PrometheusSource {

  // Hooks of the system tend other programs' caches; they have no business here.
  private static final String NO_HOOKS =
      """
      #clear APT::Update::Pre-Invoke;
      #clear APT::Update::Post-Invoke;
      #clear APT::Update::Post-Invoke-Success;
      """;

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
    Path apt = folder.resolve("apt");
    Files.createDirectories(apt.resolve("lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Path settings = Files.writeString(apt.resolve("apt.conf"), NO_HOOKS);
    List<String> aptGet =
        List.of(
            "apt-get",
            "-q",
            "-c=" + settings,
            "-o=Dir::State::lists=" + apt.resolve("lists"),
            "-o=Dir::Cache=" + apt.resolve("cache"),
            // As root, apt would download as another user, who cannot enter the folder.
            "-o=APT::Sandbox::User=root");
    // A source that does not answer is no harm as long as another one has the package.
    Optional<IOException> complaint = update(tools, aptGet, deadline);
    Tools here = new Tools(tools.lives(), apt);
    try {
      here.run(with(aptGet, "download", "prometheus"), deadline.left());
    } catch (IOException failure) {
      complaint.ifPresent(failure::addSuppressed);
      throw failure;
    }
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    tools.run(
        List.of("dpkg", "-x", packageIn(apt).toString(), unpacked.toString()), deadline.left());
    Files.move(unpacked.resolve("usr/bin/prometheus"), folder.resolve("prometheus"));
    Folders.remove(unpacked);
    Folders.remove(apt);
  }

  private static Optional<IOException> update(Tools tools, List<String> aptGet, Deadline deadline)
      throws InterruptedException {
    try {
      tools.run(with(aptGet, "update"), deadline.left());
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(failure);
    }
  }

  private static Path packageIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(() -> new IOException("apt-get left no package in " + folder));
    }
  }

  private static List<String> with(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return all;
  }
}
