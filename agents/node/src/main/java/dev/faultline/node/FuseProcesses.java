package dev.faultline.node;

import java.io.UncheckedIOException;
import java.util.List;

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
    return Bearers.find(FuseMarker::in).stream()
        .map(
            fuse ->
                new FuseProcess(
                    fuse.identity(), fuse.mark().runId(), fuse.mark().fault(), fuse.mark().lease()))
        .toList();
  }
}
