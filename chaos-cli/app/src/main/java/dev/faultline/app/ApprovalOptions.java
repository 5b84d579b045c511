package dev.faultline.app;

import dev.faultline.app.foureyes.FourEyes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands take that run only what others have approved. */
final class ApprovalOptions {

  private static final String SIGNERS = "FAULTLINE_SIGNERS";
  private static final String NEEDED = "FAULTLINE_APPROVALS";

  @Option(
      names = "--signers",
      paramLabel = "FILE",
      description = {
        "Runs only plans that one of these has approved, and is not who runs them: a file of",
        "allowed signers, as ssh-keygen reads it. Default: what FAULTLINE_SIGNERS names."
      })
  private @Nullable Path signers;

  @Option(
      names = "--needed",
      paramLabel = "N",
      description = "How many of them. Default: what FAULTLINE_APPROVALS says, or 1.")
  private @Nullable Integer needed;

  @Option(
      names = "--approvals",
      paramLabel = "FILE",
      description = "Where approvals are. Default: beside the file, in FILE.approvals.")
  private @Nullable Path approvals;

  /** Who looks whether a plan is approved; empty where nobody need have approved it. */
  Optional<FourEyes> eyes(Console console) throws UsageError {
    Optional<Path> allowed = Optional.ofNullable(signers).or(() -> named(console));
    if (allowed.isEmpty()) {
      requireSigners();
      return Optional.empty();
    }
    if (!Files.isReadable(allowed.get()) || !Files.isRegularFile(allowed.get())) {
      throw new UsageError(
          "%s is no file of allowed signers".formatted(allowed.get()),
          "it is not there, or cannot be read, and nobody's approval could be checked",
          "write a line for each person: names (with ',' between), type of key, key");
    }
    return Optional.of(
        new FourEyes(
            allowed.get(),
            needed(console),
            Optional.ofNullable(approvals),
            Authors.names(console.env()),
            InstantSource.system()));
  }

  private void requireSigners() throws UsageError {
    if (needed != null || approvals != null) {
      throw new UsageError(
          "--needed and --approvals go with --signers",
          "without it, nobody need have approved a plan",
          "name a file of allowed signers, or leave them out");
    }
  }

  private static Optional<Path> named(Console console) {
    return Optional.of(console.env().getOrDefault(SIGNERS, ""))
        .filter(name -> !name.isBlank())
        .map(Path::of);
  }

  private int needed(Console console) throws UsageError {
    String said = needed == null ? console.env().getOrDefault(NEEDED, "1") : needed.toString();
    if (!said.matches("[1-9]")) {
      throw new UsageError(
          "'%s' is no number of approvals".formatted(said),
          "--needed and FAULTLINE_APPROVALS are from 1 to 9",
          "write --needed 2, or leave it out");
    }
    return Integer.parseInt(said);
  }
}
