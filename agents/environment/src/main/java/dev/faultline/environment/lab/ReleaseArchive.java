package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The archive that the Prometheus project publishes, accepted only with the checksum that is
 * written down here.
 *
 * @param platform as the project spells it, such as {@code linux-amd64}
 * @param sha256 of the archive
 */
record ReleaseArchive(String platform, String sha256) implements PrometheusSource {

  private static final String VERSION = "3.4.1";
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The archive for a machine, where there is one whose checksum is known. */
  static Optional<PrometheusSource> forMachine(String system, String architecture) {
    if (!system.equals("Linux")) {
      return Optional.empty();
    }
    return switch (architecture) {
      case "amd64", "x86_64" ->
          Optional.of(
              new ReleaseArchive(
                  "linux-amd64",
                  "09203151c132f36b004615de1a3dea22117ad17e6d7a59962e34f3abf328f312"));
      case "aarch64", "arm64" ->
          Optional.of(
              new ReleaseArchive(
                  "linux-arm64",
                  "2a85be1dff46238c0d799674e856c8629c8526168dd26c3de2cecfbfc6f9a0a2"));
      default -> Optional.empty();
    };
  }

  @Override
  public String name() {
    return "release-" + VERSION;
  }

  @Override
  public String announcement() {
    return "fetching prometheus %s from its project, once (about 110 MB)".formatted(VERSION);
  }

  @Override
  public void fetch(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    String stem = "prometheus-%s.%s".formatted(VERSION, platform);
    Path archive = folder.resolve("archive.tar.gz");
    download(
        URI.create(
            "https://github.com/prometheus/prometheus/releases/download/v%s/%s.tar.gz"
                .formatted(VERSION, stem)),
        archive,
        deadline);
    tools.run(
        List.of(
            "tar",
            "-xzf",
            archive.toString(),
            "-C",
            folder.toString(),
            "--strip-components=1",
            stem + "/prometheus"),
        deadline.left());
    Files.delete(archive);
  }

  /** Downloads, and refuses what has another checksum. */
  void download(URI address, Path file, Deadline deadline)
      throws IOException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NORMAL).build();
    try {
      // The timeout of a request ends with its headers; this one bounds the body too.
      HttpResponse<Path> answer =
          http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofFile(file))
              .get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("%s answered %d".formatted(address, answer.statusCode()));
      }
    } catch (ExecutionException failure) {
      throw new IOException("%s: %s".formatted(address, failure.getCause()), failure);
    } catch (TimeoutException slow) {
      throw new IOException(address + " was not done in time", slow);
    } finally {
      http.shutdownNow();
    }
    requireChecksum(address, file);
  }

  private void requireChecksum(URI address, Path file) throws IOException {
    MessageDigest digest = sha256Digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(sha256)) {
      Files.delete(file);
      throw new IOException(
          "%s has checksum %s, not the expected %s".formatted(address, actual, sha256));
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
