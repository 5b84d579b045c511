package dev.faultline.app;

import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.secret.SecretFile;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands take that share their game days with other schedulers. */
final class StoreOptions {

  /** The variable with the password; no run inherits it. */
  static final String PASSWORD = "FAULTLINE_STORE_PASSWORD";

  private static final String STORE = "FAULTLINE_STORE";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = {
        "A PostgreSQL that several schedulers share, each of which begins what no other has:",
        "jdbc:postgresql://HOST/DATABASE?user=USER, with properties of the driver, such as those",
        "of TLS. Default: what FAULTLINE_STORE names; else files of this user alone."
      })
  private @Nullable String url;

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description = {
        "A file of mode 0600 with its password. Default: what FAULTLINE_STORE_PASSWORD says, or",
        "~/.pgpass."
      })
  private @Nullable Path passwordFile;

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
    Optional<String> named =
        Optional.ofNullable(url)
            .or(() -> Optional.ofNullable(console.env().get(STORE)))
            .filter(said -> !said.isBlank());
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Duration _ = every();
    try {
      return Optional.of(StoreAddress.of(named.get()));
    } catch (StoreRefused refused) {
      throw new UsageError(refused.what(), refused.why(), refused.fix());
    }
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
        () -> password(console.env()),
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

  private Optional<String> password(Map<String, String> env) throws IOException {
    if (passwordFile != null) {
      return Optional.of(secret("--store-password-file", passwordFile));
    }
    String said = env.getOrDefault(PASSWORD, "");
    if (!said.isEmpty()) {
      return Optional.of(said);
    }
    Path usual =
        env.containsKey("PGPASSFILE")
            ? Path.of(env.getOrDefault("PGPASSFILE", ""))
            : Path.of(env.getOrDefault("HOME", "/"), ".pgpass");
    if (Files.exists(usual)) {
      String _ = secret("the file of passwords", usual);
    }
    return Optional.empty();
  }

  private static String secret(String what, Path file) throws IOException {
    try {
      return new SecretFile(what, file.toString(), Path.of("")).read("password");
    } catch (SecretFile.NoSecret why) {
      throw new IOException(why.words(), why);
    }
  }
}
