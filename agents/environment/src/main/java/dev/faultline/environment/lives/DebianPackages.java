package dev.faultline.environment.lives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages of Debian and its relatives, unpacked rather than installed: nothing of the system is
 * read or changed but its list of package sources, and no privilege is needed.
 */
public final class DebianPackages implements AutoCloseable {

  // Hooks of the system tend other programs' caches; they have no business here.
  private static final String NO_HOOKS =
      """
      #clear APT::Update::Pre-Invoke;
      #clear APT::Update::Post-Invoke;
      #clear APT::Update::Post-Invoke-Success;
      """;
  private static final Pattern DEPENDS = Pattern.compile("(?m)^(?:Pre-)?Depends: (.*)$");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");

  private final Path apt;
  private final Tools tools;
  private final Deadline deadline;
  private final Optional<IOException> complaint;

  private DebianPackages(
      Path apt, Tools tools, Deadline deadline, Optional<IOException> complaint) {
    this.apt = apt;
    this.tools = tools;
    this.deadline = deadline;
    this.complaint = complaint;
  }

  /**
   * Reads what the sources of the system have at this moment.
   *
   * @param folder an existing one; what is kept in it while this is open is removed at the end
   * @param deadline for everything that is done here
   * @throws IOException when the folder cannot be used
   */
  public static DebianPackages read(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    Path apt = folder.resolve("apt");
    Files.createDirectories(apt.resolve("lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Files.createDirectories(apt.resolve("packages"));
    Files.writeString(apt.resolve("apt.conf"), NO_HOOKS);
    // A source that does not answer is no harm as long as another one has the package.
    return new DebianPackages(apt, tools, deadline, update(apt, tools, deadline));
  }

  /**
   * Downloads packages and unpacks them over each other.
   *
   * @throws IOException when one of them is not to be had
   */
  public void unpack(List<String> names, Path into) throws IOException, InterruptedException {
    Path downloads = Files.createTempDirectory(apt.resolve("packages"), "");
    try {
      new Tools(tools.lives(), downloads)
          .run(command(apt, "apt-get", with("download", names)), deadline.left());
    } catch (IOException failure) {
      complaint.ifPresent(failure::addSuppressed);
      throw failure;
    }
    Files.createDirectories(into);
    for (Path file : packagesIn(downloads)) {
      tools.run(List.of("dpkg", "-x", file.toString(), into.toString()), deadline.left());
    }
  }

  /**
   * What a package needs, the first of alternatives, without versions.
   *
   * @throws IOException when no source has the package
   */
  public Set<String> needsOf(String name) throws IOException, InterruptedException {
    String described =
        tools.run(
            command(apt, "apt-cache", List.of("show", "--no-all-versions", name)), deadline.left());
    Set<String> needs = new LinkedHashSet<>();
    Matcher lines = DEPENDS.matcher(described);
    while (lines.find()) {
      for (String need : lines.group(1).split(",")) {
        Matcher bare = NAME.matcher(need.strip());
        if (bare.lookingAt()) {
          needs.add(bare.group());
        }
      }
    }
    return needs;
  }

  /** Removes what was downloaded; what was unpacked stays. */
  @Override
  public void close() throws IOException {
    Folders.remove(apt);
  }

  private static Optional<IOException> update(Path apt, Tools tools, Deadline deadline)
      throws InterruptedException {
    try {
      tools.run(command(apt, "apt-get", List.of("update")), deadline.left());
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(failure);
    }
  }

  private static List<String> command(Path apt, String program, List<String> arguments) {
    return Stream.concat(
            Stream.of(
                program,
                "-q",
                "-c=" + apt.resolve("apt.conf"),
                "-o=Dir::State::lists=" + apt.resolve("lists"),
                "-o=Dir::Cache=" + apt.resolve("cache"),
                // As root, apt would download as another user, who cannot enter the folder.
                "-o=APT::Sandbox::User=root"),
            arguments.stream())
        .toList();
  }

  private static List<Path> packagesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> packages =
          files.filter(file -> file.getFileName().toString().endsWith(".deb")).toList();
      if (packages.isEmpty()) {
        throw new IOException("apt-get left no package in " + folder);
      }
      return packages;
    }
  }

  private static List<String> with(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }
}
