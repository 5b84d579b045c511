package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnreadableFilesTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Bench bench = new Bench(Path.of("."));

  @BeforeEach
  void useTheFolder() {
    bench = new Bench(folder);
  }

  @Test
  void aMissingFileIsCalledMissing() {
    assertThat(bench.refusal("nowhere.yaml"))
        .isEqualTo("nowhere.yaml: there is no such file; check the path");
  }

  @Test
  void aFolderIsCalledAFolder() throws IOException {
    Files.createDirectory(folder.resolve("sub"));

    assertThat(bench.refusal("sub")).isEqualTo("sub: this is a folder; name a file in it");
  }

  @Test
  void aFileInAFileIsRefused() {
    assertThat(bench.with("a.yaml", "a: b").refusal("a.yaml/b.yaml"))
        .isEqualTo("a.yaml/b.yaml: cannot be read (Not a directory); check the path");
  }

  @Test
  void aFileWithoutPermissionSaysSo() throws IOException {
    bench.with("secret.yaml", "a: b");
    Path file = folder.resolve("secret.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "needs a user who may not read every file (not root)");

    assertThat(bench.refusal("secret.yaml"))
        .isEqualTo("secret.yaml: no permission to read the file; check its owner and mode");
  }

  @Test
  void aFileThatEvenRootCannotReadIsRefused() {
    Path memory = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(memory), "needs Linux with /proc");

    assertThatThrownBy(() -> new ExperimentFiles().load(memory.toString(), Optional.empty()))
        .isInstanceOf(InvalidFile.class)
        .hasMessage("/proc/self/mem: cannot be read (Input/output error); name another file");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() {
    assertThatThrownBy(() -> new ExperimentFiles().load("a\0b", Optional.empty()))
        .isInstanceOf(InvalidFile.class)
        .hasMessage("a\0b: no file can be called that; check the path");
  }

  @Test
  void aFileWithoutEndIsGivenUpSoon() {
    Path zeroes = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeroes), "needs /dev/zero");

    assertThatThrownBy(() -> new ExperimentFiles().load(zeroes.toString(), Optional.empty()))
        .isInstanceOf(InvalidFile.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void aFileOfTenMegabytesIsNotAnExperiment() {
    byte[] large = new byte[10 << 20];
    Arrays.fill(large, (byte) '#');

    assertThat(bench.with("large.yaml", large).refusal("large.yaml"))
        .isEqualTo(
            "large.yaml: the file is larger than 1 MiB; that is no experiment; split it, or name"
                + " another");
  }

  @Test
  void aBinaryFileIsCalledBinary() {
    assertThat(bench.with("a.class", new byte[] {'a', 0, 1, 2}).refusal("a.class"))
        .isEqualTo("a.class: this is a binary file, not YAML; name another file");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() {
    byte[] latin = "hypothesis: Zoë".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(bench.with("latin.yaml", latin).refusal("latin.yaml"))
        .isEqualTo("latin.yaml: this is not UTF-8 text; save it as UTF-8, or name another file");
  }

  @Test
  void aMarkOfByteOrderIsPassedOver() throws InvalidFile {
    String text = Bench.experiment("one", "  environment: {local: {}}\n");

    assertThat(bench.with("mark.yaml", "\uFEFF" + text).load("mark.yaml")).hasSize(1);
  }

  @Test
  void aCharacterThatNobodySeesIsShownByItsNumber() {
    assertThat(bench.with("bell.yaml", "a: b\r\nkey: \u0007x\n").refusal("bell.yaml"))
        .isEqualToNormalizingNewlines(
            """
            bell.yaml:2:6: the character U+0007 stands here, which no one can see; remove it
                key:  x
                     ^""");
  }

  @Test
  void aCharacterOfTwoHalvesMayStandAnywhere() throws InvalidFile {
    String text = Bench.experiment("one", "  environment: {local: {}}\n");
    for (int before = 1000; before < 1050; before++) {
      String comment = "#" + "x".repeat(before - 1) + "\uD83D\uDE00".repeat(3_000) + "\n";

      assertThat(bench.with("face.yaml", comment + text).load("face.yaml")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n---\n", "null"})
  void aFileWithoutDocumentsSaysHowOneBegins(String text) {
    assertThat(bench.with("empty.yaml", text).refusal("empty.yaml"))
        .isEqualTo(
            "empty.yaml: the file holds no document; an experiment begins with"
                + " 'apiVersion: faultline.dev/v1'");
  }

  @Test
  void aBombOfAliasesIsNotLit() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(bench.with("bomb.yaml", bomb.toString()).refusal("bomb.yaml"))
        .startsWith("bomb.yaml:1:5: anchors (&name) are not read here; leave them out");
  }

  @Test
  void tenThousandLevelsAreCutAtForty() {
    assertThat(bench.with("deep.yaml", "a: " + "[".repeat(10_000)).refusal("deep.yaml"))
        .startsWith("deep.yaml:1:43: nested deeper than 40 levels");
    assertThat(bench.with("deep.yaml", "- ".repeat(10_000)).refusal("deep.yaml"))
        .startsWith("deep.yaml:1:81: nested deeper than 40 levels");
  }

  @Test
  void aLongLineIsShownAroundTheCulprit() {
    String line = "metadata: {name: one, labels: {a: %s, b: 1}}".formatted("k".repeat(5_000));
    String text = Bench.experiment("one", "").replace("metadata: {name: one}", line);

    assertThat(bench.with("long.yaml", text).refusal("long.yaml"))
        .startsWith("long.yaml:3:5040: a text is expected here, and 1 is a number; write \"1\"")
        .contains("…" + "k".repeat(60))
        .hasSizeLessThan(400);
  }

  /** What a parser might take badly, repeated up to the largest file that is read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "- ",
        "? ",
        "\"",
        "'",
        "|\n",
        "#",
        ":",
        "%",
        "\r",
        "- a\n",
        "a",
        "{a: ",
        "1",
        "- {a: b}\n"
      })
  void noFileOfOneMebibyteTakesLong(String unit) {
    String text = unit.repeat(((1 << 20) - 1) / unit.length());
    bench.with("full.yaml", text);

    // Of the processor's time: others may want the machine too.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    String _ = bench.refusal("full.yaml");
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(LONGEST);
  }
}
