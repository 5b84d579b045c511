package dev.faultline.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds processes of this host by their command lines. */
public final class ProcessSearch {

  private ProcessSearch() {}

  /**
   * Those that live and whose command line is as wanted, by pid. Processes that {@code /proc} hides
   * from us are not found.
   *
   * @throws UncheckedIOException when {@code /proc} cannot be listed
   */
  public static List<ProcessIdentity> find(Predicate<List<String>> wanted) {
    List<ProcessIdentity> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path folder : folders) {
        find(Long.parseLong(folder.getFileName().toString()), wanted).ifPresent(found::add);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    found.sort(Comparator.comparingLong(ProcessIdentity::pid));
    return List.copyOf(found);
  }

  /** The identity is taken first and checked last: in between, the pid was that process. */
  private static Optional<ProcessIdentity> find(long pid, Predicate<List<String>> wanted) {
    try {
      if (!wanted.test(CommandLine.of(pid))) {
        return Optional.empty();
      }
      Optional<ProcessIdentity> identity = ProcessIdentity.of(pid);
      return wanted.test(CommandLine.of(pid))
          ? identity.filter(known -> known.state() != ProcessState.GONE)
          : Optional.empty();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }
}
