package dev.faultline.app.foureyes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Thinned;
import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of a file of approvals is one that may be checked, or does not count. */
public final class ApprovalTarget {

  private static final Path FILE = Path.of("mutant.approvals").toAbsolutePath();
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

  private ApprovalTarget() {}

  /** An approval, and what is left of it and of its statement without one of their parts. */
  public static List<byte[]> seeds() {
    Statement statement =
        new Statement("abc", "orders", "lab", NOW, NOW.plus(Duration.ofDays(1)), "why");
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] text : Thinned.of(statement.text())) {
      Approval approval = new Approval(new String(text, UTF_8), "-----BEGIN SSH SIGNATURE-----");
      for (byte[] json : Thinned.of(Codec.json().writeValueAsString(approval))) {
        seeds.add((new String(json, UTF_8) + "\n").getBytes(UTF_8));
      }
    }
    return seeds;
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    Files.write(FILE, input);
    List<Approval> approvals;
    try {
      approvals = Approval.in(FILE);
    } catch (IOException noText) {
      if (String.valueOf(noText.getMessage()).isBlank()) {
        throw new AssertionError("refused without a reason", noText);
      }
      return;
    }
    for (Approval approval : approvals) {
      Optional<Statement> statement = Statement.read(approval.statement());
      Optional<String> _ = statement.flatMap(read -> read.obstacle(NOW));
      if (statement.isPresent() && !Statement.read(statement.get().text()).equals(statement)) {
        throw new AssertionError("what was read is not what is written: " + approval);
      }
    }
  }
}
