package dev.faultline.app;

import dev.faultline.engine.journal.RunStore;
import dev.faultline.gameday.shared.Member;
import dev.faultline.gameday.shared.SharedStore;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreRefused;
import dev.faultline.judge.Quantity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands take that share their game days with other schedulers. */
final class StoreOptions {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Mixin private StorePlace place = new StorePlace();

  @Option(
      names = "--check-in",
      paramLabel = "DURATION",
      description = {
        "How often to tell the others of this one, from 1s to 1m; who misses three is taken for",
        "dead. Give all schedulers the same. Default: 5s."
      })
  private String checkIn = "5s";

  /** Where the store is; empty where game days are not shared. */
  Optional<StoreAddress> address(Console console) throws UsageError {
    Optional<StoreAddress> named = place.address(console);
    if (named.isPresent()) {
      Duration _ = every();
    }
    return named;
  }

  private Duration every() throws UsageError {
    try {
      Duration every = Quantity.parse(checkIn).toDuration();
      if (every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0) {
        return every;
      }
    } catch (IllegalArgumentException unread) {
      // Told below.
    }
    throw new UsageError(
        "--check-in takes no '%s'".formatted(checkIn), "1s to 1m is expected", "write 5s");
  }

  /**
   * Opens the store for this machine.
   *
   * @param watches whether it looks after what others leave
   * @param says hears what people should know of the store
   * @param halted why nothing may begin here
   */
  SharedStore open(
      Console console,
      StoreAddress address,
      boolean watches,
      Consumer<String> says,
      Supplier<Optional<String>> halted)
      throws StoreRefused, UsageError, IOException {
    RunStore runs = Setup.store(console);
    Member member =
        Member.starting(
            AuditTrail.host(console.env()),
            console.state().toAbsolutePath().toString(),
            mark(runs.schedule()),
            watches);
    return SharedStore.open(
        address,
        () -> place.password(console.env()),
        new SharedStore.User(member, every(), InstantSource.system(), says, halted));
  }

  /** What tells a state folder from any other, here or on another machine. */
  private static String mark(Path schedule) throws IOException {
    Path file = markOf(schedule);
    try {
      Path whole =
          Files.createTempFile(
              schedule,
              "mark",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(whole, UUID.randomUUID().toString());
      try {
        Path _ = Files.createLink(file, whole);
      } finally {
        Files.delete(whole);
      }
    } catch (FileAlreadyExistsException made) {
      // By an earlier start.
    }
    return Files.readString(file).strip();
  }

  /** The file that tells a folder of a schedule from any other. */
  static Path markOf(Path schedule) {
    return schedule.resolve("mark");
  }
}
