package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the machine, and that nothing stays of them whatever is killed. */
@Isolated("takes the cores and the disk of the machine")
final class HostExamplesTest {

  private static final String HOLDER = "HostHolder";

  @TempDir private Path temp;
  private Cli cli;

  @BeforeEach
  void open() {
    cli = new Cli(temp);
  }

  @AfterEach
  void close() {
    cli.close();
  }

  private static String stress(int lease) {
    return Tiny.experiment("taken", 60, lease, "    local: {}\n")
        .replace(
            "    - freeze: {}\n      target: {process: idle}\n", "    - stress: {memory: 64Mi}\n");
  }

  private List<Long> holders() {
    return cli.marked().processes(HOLDER);
  }

  private Running running(int lease) throws IOException {
    return cli.start("run", cli.file("taken.yaml", stress(lease)));
  }

  @Test
  void allAreValid() throws Exception {
    Ended validate =
        cli.run(
            "validate",
            "examples/hosts/cpu-saturation.yaml",
            "examples/hosts/busy-disk.yaml",
            "examples/hosts/no-descriptors.yaml",
            "examples/hosts/full-disk.yaml");

    assertThat(validate.exit()).as(validate.err()).isEqualTo(0);
    assertThat(validate.out()).hasLineCount(4);
  }

  @Test
  void aPlanSaysWhatIsTakenAndHowItEnds() throws Exception {
    Ended plan = cli.run("plan", "examples/hosts/cpu-saturation.yaml");

    assertThat(plan.exit()).as(plan.err()).isEqualTo(0);
    assertThat(plan.out())
        .contains(
            "stress (1 core busy at 90%; 64Mi of memory, while 256Mi stay available)",
            "free what stress.memory holds, free what stress.cpu holds",
            "lease within 10s; kernel at once");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void theDiskOfTheJournalIsRefused() throws Exception {
    String text =
        Files.readString(Cli.home().resolve("examples/hosts/full-disk.yaml"))
            .replace("environment: small-disk", "environment: {local: {}}")
            .replace("../write-a-file.sh", "-c")
            .replace("${disk.folder}", temp.toString());

    Ended run = cli.run("run", cli.file("full.yaml", text));

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(3);
    // Where a line ends depends on the name of the folder.
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("is on the file system of the runs' journal", "REFUSED full-disk");
  }

  @Tag("slow")
  @Test
  void aBusyCoreAndLittleMemoryEndAsTheReadmeSays() throws Exception {
    Ended run = cli.run("run", "examples/hosts/cpu-saturation.yaml");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED cpu-saturation", "2 of 2 steps proven undone");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Tag("slow")
  @Test
  void aBusyDiskEndsAsTheReadmeSays() throws Exception {
    assumeFalse(
        Files.getFileStore(Path.of("/var/tmp")).type().equals("tmpfs"), "needs a disk there");

    Ended run = cli.run("run", "examples/hosts/busy-disk.yaml");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED busy-disk", "1 of 1 steps proven undone");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Tag("slow")
  @Test
  void aSiteWithoutDescriptorsEndsAsTheReadmeSays() throws Exception {
    Ended run = cli.run("run", "examples/hosts/no-descriptors.yaml");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED no-descriptors", "2 of 2 steps proven undone");
    assertThat(run.err()).contains(", 0 more can be, ");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void aFullDiskEndsAsTheReadmeSays() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        exit("mount", "-t", "tmpfs", "-o", "size=16m", "faultline-test", disk.toString()) == 0,
        "needs the right to mount a small file system");
    try {
      Path files = copied("full-disk.yaml", "write-a-file.sh", "environments/small-disk.yaml");
      Path environment = files.resolve("environments/small-disk.yaml");
      Files.writeString(
          environment,
          Files.readString(environment).replace("/mnt/faultline-example", disk.toString()));

      Ended run = cli.run("run", files.resolve("full-disk.yaml").toString());

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      assertThat(run.out()).contains("PASSED full-disk", "1 of 1 steps proven undone");
      assertThat(Files.getFileStore(disk).getUsableSpace()).isEqualTo(16 << 20);
      assertThat(cli.marked().processes()).isEmpty();
    } finally {
      assertThat(exit("umount", "--lazy", disk.toString())).isEqualTo(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenFaultlineIsKilledNothingIsLeft(boolean inForce) throws Exception {
    Running run = running(100);
    if (inForce) {
      run.awaitErr("fault stress is in force");
    } else {
      Await.until("it is being started", () -> !holders().isEmpty());
    }

    assertThat(run.signal("KILL").end().exit()).isEqualTo(137);

    Await.until("the kernel has ended it", () -> cli.marked().processes().isEmpty());
    Ended undo = cli.run("undo");
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(cli.run("status").out()).contains("halted").doesNotContain("open");
  }

  @Test
  void aStoppedFaultlineKeepsItNoLongerThanTheLease() throws Exception {
    Running run = running(2);
    run.awaitErr("fault stress is in force");

    run.signal("STOP");

    Await.until("the lease has ended it", () -> holders().isEmpty());
    Ended end = run.signal("CONT").end();
    assertThat(end.exit()).as(end.out() + end.err()).isEqualTo(4);
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void aFaultThatIsKilledProvesNothing() throws Exception {
    Running run = running(100);
    run.awaitErr("fault stress is in force");

    ProcessHandle.of(holders().getFirst()).orElseThrow().destroyForcibly();

    Ended end = run.end();
    assertThat(end.exit()).as(end.out() + end.err()).isEqualTo(4);
    assertThat(end.out()).contains("what held stress.memory is gone");
    assertThat(cli.marked().processes()).isEmpty();
  }

  private Path copied(String... names) throws IOException {
    Path to = temp.resolve("hosts");
    for (String name : names) {
      Path file = to.resolve(name);
      Files.createDirectories(file.getParent());
      Files.copy(Cli.home().resolve("examples/hosts").resolve(name), file);
    }
    return to;
  }

  private static int exit(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
