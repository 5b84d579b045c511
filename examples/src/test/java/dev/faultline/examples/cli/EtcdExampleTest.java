package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The example on an etcd, on the three namespaces that its script makes. */
@Tag("slow")
@ResourceLock("networks of examples/hosts")
final class EtcdExampleTest {

  private static final Path FOLDER = Cli.home().resolve("examples/hosts");

  @TempDir private Path temp;

  @BeforeEach
  void up() throws Exception {
    Ended up = script().up();
    assumeTrue(!up.err().contains("cannot be fetched"), up.err());
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
  }

  @AfterEach
  void down() throws Exception {
    Path data = temp.resolve("faultline-etcd/data");
    Path members = Files.exists(data) ? Path.of(Files.readString(data).strip()) : data;
    Ended _ = script().run("down");
    assertThat(members).doesNotExist();
    assertThat(Path.of("/run/netns/faultline-etcd1")).doesNotExist();
    assertThat(Path.of("/sys/class/net/faultline-etcd")).doesNotExist();
  }

  private HostScript script() {
    return new HostScript("etcd", temp);
  }

  @Test
  void another_member_leads_and_no_acknowledged_write_is_lost() throws Exception {
    assertThat(Files.readString(FOLDER.resolve("README.md")))
        .containsPattern("`split-etcd.yaml` \\|.*\\| 0, passed \\|");
    assertThat(script().run("leader").exit()).isEqualTo(1);
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/hosts/split-etcd.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      assertThat(run.out())
          .contains("PASSED split-etcd", "2 of 2 steps proven undone", "outage")
          .containsPattern("lost +0 of [\\d,]+ acknowledged writes");
      assertThat(run.err().replaceAll("\\s+", " "))
          .contains("partition on the packets of faultline-etcd1: in force; ");
      assertThat(script().run("leader").exit()).isIn(2, 3);
      assertThat(keys()).doesNotContain("kvs");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void killed_at_once_it_leaves_keys_that_undo_drops() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running run = cli.start("run", "examples/hosts/split-etcd.yaml");
      run.awaitErr("packets lost").signal("KILL").process().waitFor();
      assertThat(keys()).contains("kvs");

      Ended undo = cli.run("undo");
      assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
      assertThat(keys()).doesNotContain("kvs");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  /** What the second member says of one key of the ledger, as of those that a majority has. */
  private static String keys() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body =
          "{\"key\":\"%s\",\"range_end\":\"%s\",\"limit\":1}"
              .formatted(base64("faultline_ledger"), base64("faultline_ledger~"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://10.77.78.2:2379/v3/kv/range"))
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      String said = http.send(request, BodyHandlers.ofString()).body();
      assertThat(said).contains("header");
      return said;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
