package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The examples on an address that real keepalived moves between two network namespaces. */
@Tag("slow")
@ResourceLock("networks of examples/hosts")
final class FloatingAddressTest {

  private static final int NOT_TO_BE_HAD = 5;

  @TempDir private Path temp;

  @BeforeEach
  void up() throws Exception {
    Ended up = new HostScript("floating-address", temp).up();
    assumeTrue(up.exit() != NOT_TO_BE_HAD, up.err());
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
  }

  @AfterEach
  void down() throws Exception {
    Ended _ = new HostScript("floating-address", temp).run("down");
    assertThat(Path.of("/run/netns"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isDirectoryNotContaining("glob:**/faultline-vip*"));
    assertThat(Path.of("/sys/class/net/faultline-vip")).doesNotExist();
    assertThat(temp.resolve("faultline-vip")).doesNotExist();
  }

  @Test
  void the_other_machine_takes_the_address_in_time_and_keeps_it() throws Exception {
    readmeSays("`floating-address.yaml` \\|.*\\| 0, passed");
    assertThat(owner()).isEqualTo("faultline-vip1");
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/hosts/floating-address.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      assertThat(run.out())
          .contains("PASSED floating-address", "1 of 1 steps proven undone")
          .containsPattern("figures +TTR \\d");
      assertThat(run.err()).contains("partition on the packets of faultline-vip1: in force; ");
      assertThat(Files.readString(cli.latest().resolve("report.md")))
          .containsPattern("Failed requests: .*timeout × \\d+");
      assertThat(owner()).isEqualTo("faultline-vip2");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void two_that_do_not_hear_each_other_both_have_the_address() throws Exception {
    readmeSays("`split-address.yaml` \\|.*\\| 1, failed");
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/hosts/split-address.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(run.out())
          .contains("FAILED split-address: gate owners must be equal to 1 and reads 2")
          .contains("1 of 1 steps proven undone");
      assertThat(run.err().lines()).last().asString().contains("done");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  private static void readmeSays(String pattern) throws Exception {
    assertThat(Files.readString(Cli.home().resolve("examples/hosts/README.md")))
        .containsPattern(pattern);
  }

  /** Which of the two answers at the address. */
  private static String owner() throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://10.77.79.100:8080/"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(question, HttpResponse.BodyHandlers.ofString()).body().strip();
    }
  }
}
