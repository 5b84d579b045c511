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
import java.util.function.Function;

/** Finds processes of this host by a mark that they bear, without any journal. */
public final class Bearers {

  /** A process that lives and bears a mark. */
  public record Bearer<M>(ProcessIdentity identity, M mark) {}

  /** Finds the mark of a process. */
  @FunctionalInterface
  public interface Reader<M> {

    /** The mark of the process with this number, if it bears one. */
    Optional<M> mark(long pid) throws IOException;
  }

  private Bearers() {}

  /**
   * All living ones, by pid. Processes that {@code /proc} hides from us are not found.
   *
   * @param reader finds the mark in a command line
   * @throws UncheckedIOException when {@code /proc} cannot be listed
   */
  public static <M> List<Bearer<M>> find(Function<List<String>, Optional<M>> reader) {
    return having(pid -> reader.apply(CommandLine.of(pid)));
  }

  /** The same, with marks that need not be on the command line. */
  public static <M> List<Bearer<M>> having(Reader<M> reader) {
    List<Bearer<M>> bearers = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path folder : folders) {
        bearer(Long.parseLong(folder.getFileName().toString()), reader).ifPresent(bearers::add);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    bearers.sort(Comparator.comparingLong(bearer -> bearer.identity().pid()));
    return List.copyOf(bearers);
  }

  /** The identity is taken first and checked last: in between, the pid was that process. */
  private static <M> Optional<Bearer<M>> bearer(long pid, Reader<M> reader) {
    try {
      if (reader.mark(pid).isEmpty()) {
        return Optional.empty();
      }
      Optional<ProcessIdentity> identity = ProcessIdentity.of(pid);
      return reader
          .mark(pid)
          .flatMap(mark -> identity.map(known -> new Bearer<>(known, mark)))
          .filter(bearer -> bearer.identity().state() != ProcessState.GONE);
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
