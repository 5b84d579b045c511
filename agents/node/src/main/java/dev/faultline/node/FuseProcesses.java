package dev.faultline.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the fuses of this host by their command lines, without any journal. */
public final class FuseProcesses {

  private FuseProcesses() {}

  /** The living fuses of one run, by pid. */
  public static List<FuseProcess> find(String runId) {
    return findAll().stream().filter(fuse -> fuse.runId().equals(runId)).toList();
  }

  /**
   * All living fuses, by pid. Processes that {@code /proc} hides from us are not found.
   *
   * @throws UncheckedIOException when {@code /proc} cannot be listed
   */
  public static List<FuseProcess> findAll() {
    List<FuseProcess> fuses = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path folder : folders) {
        fuse(Long.parseLong(folder.getFileName().toString())).ifPresent(fuses::add);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    fuses.sort(Comparator.comparingLong(fuse -> fuse.identity().pid()));
    return List.copyOf(fuses);
  }

  /** The identity is taken first and checked last: in between, the pid was that process. */
  private static Optional<FuseProcess> fuse(long pid) {
    try {
      if (FuseMarker.in(CommandLine.of(pid)).isEmpty()) {
        return Optional.empty();
      }
      Optional<ProcessIdentity> identity = ProcessIdentity.of(pid);
      return FuseMarker.in(CommandLine.of(pid))
          .flatMap(
              marker ->
                  identity.map(
                      known ->
                          new FuseProcess(known, marker.runId(), marker.fault(), marker.lease())))
          .filter(fuse -> fuse.identity().state() != ProcessState.GONE);
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
