package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {

  @TempDir private Path temp;

  @Test
  void whatMustNotOrCannotBeServedIsRefusedWithTheWayOut() throws IOException {
    Called open = Called.faultline(temp, "serve", "--listen", "0.0.0.0:0");
    assertThat(open.exit()).isEqualTo(2);
    assertThat(open.err()).contains("without a token and TLS", "ssh -L");
    Called half = Called.faultline(temp, "serve", "--tls-key", "page.key");
    assertThat(half.exit()).isEqualTo(2);
    assertThat(half.err()).contains("--tls-key is given without --tls-certificate");
    Called token = Called.faultline(temp, "serve", "--token-file", temp.resolve("none").toString());
    assertThat(token.exit()).isEqualTo(2);
    assertThat(token.err()).contains("the token cannot be read");
    Path shared = Files.writeString(temp.resolve("token"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r--r--"));
    Called others = Called.faultline(temp, "serve", "--token-file", shared.toString());
    assertThat(others.exit()).isEqualTo(2);
    assertThat(others.err().replaceAll("\\s+", " "))
        .contains("may be read or written by others", "chmod 600");
    Path state = Files.createDirectories(temp.resolve("state").resolve("faultline"));
    Path _ = Files.writeString(state.resolve("runs"), "no folder");
    Called runs = Called.faultline(temp, "serve", "--listen", "127.0.0.1:0");
    assertThat(runs.exit()).isEqualTo(5);
    assertThat(runs.err()).contains("the folder of runs cannot be read", "XDG_STATE_HOME");
  }
}
