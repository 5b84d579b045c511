package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of the shop, looked at from all sides: it is the first that a user makes. */
final class CrashedPaymentsTest {

  private static final List<String> REPORTS =
      List.of("report.html", "report.md", "report.json", "junit.xml");

  @TempDir private Path temp;

  @Test
  void a_crash_of_payments_passes_and_leaves_nothing_but_its_reports() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Path out = temp.resolve("reports");
      Running running =
          cli.start("run", "examples/shop/crashed-payments.yaml", "--out", out.toString());
      running.awaitErr("baseline");
      Set<String> sockets = cli.marked().listening();
      assertThat(sockets).hasSizeGreaterThanOrEqualTo(5);
      Ended run = running.end();

      assertThat(run.exit()).as(run.err()).isEqualTo(0);
      streamsAreKeptApart(run, out);
      nothingIsLeft(cli, sockets);
      reportsAreWhole(out);
      reportsAreTheSameWhenMadeAgain(cli, out);
      Ended status = cli.run("status");
      assertThat(status.out()).contains("crashed-payments").contains("passed");
    }
  }

  private static void streamsAreKeptApart(Ended run, Path out) {
    assertThat(run.out())
        .contains("PASSED crashed-payments: When payments crashes")
        .contains("  undo        nothing to undo")
        .contains("  fault       ")
        .contains(out.resolve("report.html").toString())
        .doesNotContain("baseline");
    assertThat(run.err())
        .contains("baseline: watching the gates")
        .contains("fault kill-payments is done")
        .contains("supervisor: payments healthy again")
        .doesNotContain("PASSED");
    assertThat(run.out() + run.err()).as("escape codes").doesNotContain("\u001b", "\r");
    assertThat((run.out() + run.err()).lines().filter(line -> !line.contains(out.toString())))
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
  }

  private static void nothingIsLeft(Cli cli, Set<String> sockets) throws Exception {
    assertThat(cli.marked().processes()).as("processes").isEmpty();
    assertThat(Marked.allListening()).as("sockets").doesNotContainAnyElementsOf(sockets);
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.latest())))
        .isEqualTo("rwx------");
  }

  private static void reportsAreWhole(Path out) throws Exception {
    for (String name : REPORTS) {
      privateFile(out.resolve(name));
    }
    privateFile(out.resolve("journal.jsonl"));
    assertThat(out.toFile().list()).hasSize(REPORTS.size() + 1);
    assertThat(Files.readString(out.resolve("report.md"))).contains("crashed-payments");
  }

  private static void privateFile(Path file) throws Exception {
    assertThat(file).isNotEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .as(file.toString())
        .isEqualTo("rw-------");
  }

  private static void reportsAreTheSameWhenMadeAgain(Cli cli, Path out) throws Exception {
    Path again = cli.folder().resolve("again");
    Ended report = cli.run("report", "crashed-payments", "--out", again.toString());
    assertThat(report.exit()).as(report.err()).isEqualTo(0);
    for (String name : REPORTS) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
    }
  }
}
