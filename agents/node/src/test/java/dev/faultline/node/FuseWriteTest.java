package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fuse, and an {@link OwnedFile}, that put a text into its place. */
class FuseWriteTest {

  private static final String OURS = "# ours";

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  private final String runId = "test-" + UUID.randomUUID();
  private OwnedFile file;
  private Lease lease;

  @BeforeEach
  void makeLease() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    file = new OwnedFile(conf.resolve("split.conf"), OURS);
    lease = Lease.create(folder.resolve("lease"));
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    for (FuseProcess fuse : FuseProcesses.find(runId)) {
      victims.track(fuse.identity());
    }
    victims.close();
    lease.close();
  }

  private Fired.Outcome fired(String text) throws Exception {
    return fired(text, "true");
  }

  private static FuseAction.Run run(String... argv) {
    return new FuseAction.Run(List.of(argv), Map.of(), Duration.ofSeconds(10));
  }

  private Fired.Outcome fired(String text, String... load) throws Exception {
    FuseOrder order =
        new FuseOrder(
            runId,
            "split",
            lease.path(),
            Duration.ofSeconds(20),
            Duration.ofMillis(10),
            List.of(new FuseAction.Write(file, text, run(load))));
    Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
    victims.track(fuse.identity());
    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);
    return fuse.fired().orElseThrow().outcomes().getFirst();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(file.path().resolveSibling(""))) {
      return files.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aTextTakesTheOldOnesPlaceAndItsPermissions() throws Exception {
    Files.writeString(file.path(), OURS + " 50%\n");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(fired(OURS + " 0%\n"))
        .isEqualTo(
            new Fired.Outcome(
                true, 1, "write " + file.path() + ": written; run true with 0 arguments: exit 0"));

    assertThat(file.read()).contains(OURS + " 0%\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("split.conf");
  }

  @Test
  void aFileThatIsGoneIsThereAgain() throws Exception {
    assertThat(fired(OURS + " 0%\n").done()).isTrue();

    assertThat(file.read()).contains(OURS + " 0%\n");
  }

  /** A program that fails at first, and takes the text away as it does: both are done again. */
  @Test
  void aHalfThatFailedIsDoneAgainWithTheOther() throws Exception {
    Path seen = folder.resolve("seen");
    String once = "test -e \"$1\" && cp \"$0\" \"$2\" || { : >\"$1\"; rm \"$0\"; false; }";
    Path loaded = folder.resolve("loaded");

    Fired.Outcome outcome =
        fired(
            OURS + " 0%\n",
            "sh",
            "-c",
            once,
            file.path().toString(),
            seen.toString(),
            loaded.toString());

    assertThat(outcome.done()).isTrue();
    assertThat(outcome.attempts()).isEqualTo(2);
    assertThat(loaded).hasContent(OURS + " 0%\n");
  }

  @Test
  void aTextThatIsNotLoadedIsNotDoneAndIsWrittenAllTheSame() throws Exception {
    assertThat(fired(OURS + " 0%\n", "false"))
        .isEqualTo(
            new Fired.Outcome(
                false,
                Undo.ROUNDS,
                "write %s: written; run false with 0 arguments: exit 1".formatted(file.path())));

    assertThat(file.read()).contains(OURS + " 0%\n");
  }

  @Test
  void whatIsSomebodyElsesStays() throws Exception {
    Files.writeString(file.path(), "server {}\n");

    assertThat(fired(OURS + " 0%\n"))
        .satisfies(outcome -> assertThat(outcome.done()).isFalse())
        .satisfies(outcome -> assertThat(outcome.detail()).contains("is somebody else's"));

    assertThat(file.path()).hasContent("server {}\n");
    assertThat(names()).containsExactly("split.conf");
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path real = folder.resolve("real.conf");
    Files.writeString(real, OURS + "\n");
    Files.createSymbolicLink(file.path(), real);

    file.write(OURS + " 1\n");

    assertThat(file.path()).isSymbolicLink();
    assertThat(real).hasContent(OURS + " 1\n");
  }

  @Test
  void theOwnerStays() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.writeString(file.path(), OURS + "\n");
    Files.setAttribute(file.path(), "unix:uid", 65_534);

    file.write(OURS + " 1\n");

    assertThat(Files.getAttribute(file.path(), "unix:uid")).isEqualTo(65_534);
  }

  @Test
  void whatIsNoFileIsNotReplaced() throws Exception {
    Files.createDirectory(file.path());

    assertThatThrownBy(() -> file.write(OURS)).hasMessageEndingWith("is not a regular file");
  }

  @Test
  void aFileWithoutEndIsNotReadToItsEnd() throws Exception {
    Files.writeString(file.path(), OURS + "x".repeat(OwnedFile.LONGEST));

    assertThatThrownBy(file::read).hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void whatIsNoTextOfTheFileIsNeverOrdered() {
    for (String text : List.of("", "ours", OURS + "\ud800", OURS + "x".repeat(65_536))) {
      assertThatThrownBy(() -> new FuseAction.Write(file, text, run("true")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new OwnedFile(Path.of("split.conf"), OURS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OwnedFile(file.path(), " "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
