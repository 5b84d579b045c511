package dev.faultline.app;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands take that read or write what several schedulers share. */
final class StorePlace {

  /** The variable with the password; no run inherits it. */
  static final String PASSWORD = "FAULTLINE_STORE_PASSWORD";

  private static final String STORE = "FAULTLINE_STORE";

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

  /** Where the store is; empty where game days are not shared. */
  Optional<StoreAddress> address(Console console) throws UsageError {
    Optional<String> named =
        Optional.ofNullable(url)
            .or(() -> Optional.ofNullable(console.env().get(STORE)))
            .filter(said -> !said.isBlank());
    if (named.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StoreAddress.of(named.get()));
    } catch (StoreRefused refused) {
      throw new UsageError(refused.what(), refused.why(), refused.fix());
    }
  }

  /**
   * The password, as it is now; empty where the driver looks for it.
   *
   * @throws IOException when its file cannot be read, or others may read it
   */
  Optional<String> password(Map<String, String> env) throws IOException {
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
