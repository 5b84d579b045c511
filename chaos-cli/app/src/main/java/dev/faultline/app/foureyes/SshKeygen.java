package dev.faultline.app.foureyes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Signatures of SSH, made and checked by {@code ssh-keygen}, OpenSSH 8.9 or newer. */
final class SshKeygen {

  /** What keeps a signature from counting as one of something else. */
  private static final String NAMESPACE = "plan@faultline.dev";

  private static final String PROGRAM = "ssh-keygen";
  private static final Duration CHECK = Duration.ofSeconds(10);

  /** A person may have to type a passphrase, or to touch a key. */
  private static final Duration SIGN = Duration.ofMinutes(2);

  private static final int LARGEST = 64 * 1024;

  private SshKeygen() {}

  /** What it printed. */
  private record Said(int exit, String out) {}

  /**
   * Signs a text.
   *
   * @param key a file of a private key, or of a public one whose private one is in the agent
   * @throws IOException when it cannot be signed
   */
  static String sign(Path key, String text) throws IOException {
    Said said = run(text, SIGN, false, "-Y", "sign", "-f", key.toString(), "-n", NAMESPACE, "-q");
    if (said.exit() != 0 || !said.out().contains("BEGIN SSH SIGNATURE")) {
      throw new IOException(
          "%s: ssh-keygen signs nothing with it (exit code %d)".formatted(key, said.exit()));
    }
    return said.out();
  }

  /**
   * Under which names the key that made a signature stands in a file of allowed signers.
   *
   * @return none where it does not stand there, or the signature is not of that text
   */
  static List<String> signers(Path allowed, String text, String signature) throws IOException {
    Path file = Files.createTempFile("faultline", ".sig");
    try {
      Path _ = Files.writeString(file, signature);
      List<String> names = new ArrayList<>();
      Said found =
          run(
              "",
              CHECK,
              true,
              "-Y",
              "find-principals",
              "-f",
              allowed.toString(),
              "-s",
              file.toString());
      for (String name : found.exit() == 0 ? found.out().lines().toList() : List.<String>of()) {
        if (verified(allowed, name, text, file)) {
          names.add(name);
        }
      }
      return names;
    } finally {
      boolean _ = Files.deleteIfExists(file);
    }
  }

  private static boolean verified(Path allowed, String name, String text, Path signature)
      throws IOException {
    return run(
                text,
                CHECK,
                true,
                "-Y",
                "verify",
                "-f",
                allowed.toString(),
                "-I",
                name,
                "-n",
                NAMESPACE,
                "-s",
                signature.toString())
            .exit()
        == 0;
  }

  /**
   * Runs it.
   *
   * @param quiet whether what it complains about is told otherwise
   */
  private static Said run(String input, Duration within, boolean quiet, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(
                quiet ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // It ended without reading; its exit code says why.
      }
      // What it says fits into a pipe: it never waits for its reader.
      if (!process.waitFor(within)) {
        throw new IOException("ssh-keygen did not end within %d s".formatted(within.toSeconds()));
      }
      return new Said(
          process.exitValue(), new String(out.readNBytes(LARGEST), StandardCharsets.UTF_8));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ssh-keygen was at work", cut);
    } finally {
      Process _ = process.destroyForcibly();
    }
  }
}
