package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.lives.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseArchiveTest {

  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final CountDownLatch over = new CountDownLatch(1);

  @TempDir private Path folder;
  private final HttpServer server;

  ReleaseArchiveTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/abc",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write("abc".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.createContext(
        "/stalls",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  private void download(String sha256, String path, Duration within) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    new ReleaseArchive("linux-amd64", sha256)
        .download(address, folder.resolve("file"), Deadline.in(within));
  }

  @Test
  void a_download_with_the_expected_checksum_is_accepted() throws Exception {
    download(SHA256_OF_ABC, "/abc", Duration.ofSeconds(10));

    assertThat(folder.resolve("file")).hasContent("abc");
  }

  @Test
  void a_download_with_another_checksum_is_refused_and_removed() {
    assertThatThrownBy(() -> download("00", "/abc", Duration.ofSeconds(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has checksum " + SHA256_OF_ABC + ", not the expected 00");
    assertThat(folder.resolve("file")).doesNotExist();
  }

  @Test
  void a_download_that_is_not_there_says_so() {
    assertThatThrownBy(() -> download(SHA256_OF_ABC, "/none", Duration.ofSeconds(10)))
        .hasMessageEndingWith("/none answered 404");
  }

  @Test
  void a_download_that_stalls_ends_in_time() {
    assertThatThrownBy(() -> download(SHA256_OF_ABC, "/stalls", Duration.ofMillis(500)))
        .hasMessageEndingWith("/stalls was not done in time");
  }

  @Test
  void machines_without_a_known_checksum_have_no_archive() {
    assertThat(ReleaseArchive.forMachine("Linux", "amd64")).isPresent();
    assertThat(ReleaseArchive.forMachine("Linux", "aarch64")).isPresent();
    assertThat(ReleaseArchive.forMachine("Linux", "s390x")).isEmpty();
    assertThat(ReleaseArchive.forMachine("Mac OS X", "aarch64")).isEmpty();
  }
}
