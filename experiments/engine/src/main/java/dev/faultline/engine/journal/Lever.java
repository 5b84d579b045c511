package dev.faultline.engine.journal;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * What stops runs of a user from outside, and keeps new ones from beginning: a file in the state
 * folder, which needs neither a database nor a server. Thread-safe, also among processes.
 */
public final class Lever {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path all;
  private final Path single;

  Lever(Path root) {
    this.all = root.resolve("halt.json");
    this.single = root.resolve("halts");
  }

  /**
   * A halt.
   *
   * @param by who pulled the lever
   * @param at when
   * @param why what for; may be empty
   */
  public record Pulled(String by, Instant at, String why) {

    /** In a sentence without its end. */
    public String words() {
      return "halted by %s at %s%s".formatted(by, at, why.isEmpty() ? "" : ": " + why);
    }
  }

  /**
   * The halt of all runs, if there is one. A file that cannot be read is one, too: whoever put it
   * there wanted to stop something.
   */
  public Optional<Pulled> pulled() throws IOException {
    return read(all);
  }

  /** The halt of a run: of all, or of this one. */
  public Optional<Pulled> pulled(String run) throws IOException {
    Optional<Pulled> general = read(all);
    return general.isPresent() ? general : read(single.resolve(run));
  }

  /** Stops all runs; none begins until {@link #release}. */
  public void pull(Pulled halt) throws IOException {
    write(all, halt);
  }

  /** Stops one run. */
  public void pull(Pulled halt, String run) throws IOException {
    write(single.resolve(run), halt);
  }

  /** Lets runs begin again; tells whether they could not. */
  public boolean release() throws IOException {
    return Files.deleteIfExists(all);
  }

  /** Forgets the halt of a run that is over. */
  public void forget(String run) throws IOException {
    boolean _ = Files.deleteIfExists(single.resolve(run));
  }

  private static Optional<Pulled> read(Path file) throws IOException {
    try {
      return Optional.of((Pulled) Codec.whole(Pulled.class).readValue(Files.readString(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException damaged) {
      return Optional.of(
          new Pulled(
              "a file that cannot be read", Files.getLastModifiedTime(file).toInstant(), ""));
    }
  }

  private static void write(Path file, Pulled halt) throws IOException {
    Path folder = RunStore.make(file.resolveSibling("."));
    Path whole = Files.createTempFile(folder, "halt", ".new", PRIVATE);
    Path _ = Files.writeString(whole, Codec.json().writeValueAsString(halt));
    Path _ = Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
