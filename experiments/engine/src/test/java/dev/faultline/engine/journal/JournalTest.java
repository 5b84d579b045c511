package dev.faultline.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal says what happened, or that it cannot say; it never says what did not happen. */
final class JournalTest {

  private static final int MUTATIONS = 20_000;
  private static final List<String> PARTS =
      List.of(
          "\"target\":\"t\",",
          "\"elapsed\":\"1s\",",
          "\"number\":0,",
          "\"occurrence\":0,",
          "\"proven\":true,");

  @TempDir Path root;
  private RunFolder folder;
  private List<Entry> entries;
  private byte[] bytes;

  @BeforeEach
  void aJournalOfEveryKindOfEvent() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    folder = store.create("trial", Instant.EPOCH);
    entries = Samples.entries();
    try (Journal journal = store.startJournal(folder)) {
      for (Entry entry : entries) {
        journal.append(entry);
      }
    }
    bytes = Files.readAllBytes(folder.journal());
  }

  private static JournalContent read(byte[] content) {
    return JournalContent.of(content);
  }

  @Test
  void everyKindOfEventComesBackAsItWas() throws IOException {
    assertThat(
            entries.stream()
                .map(entry -> (Object) entry.event().getClass())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder((Object[]) Event.class.getPermittedSubclasses());
    JournalContent content = folder.read();
    for (int i = 0; i < entries.size(); i++) {
      assertThat(content.entries().size()).as("read after %s", entries.get(i)).isGreaterThan(i);
      assertThat(content.entries().get(i)).isEqualTo(entries.get(i));
    }
    assertThat(content.whole()).isTrue();
    assertThat(content.validBytes()).isEqualTo(bytes.length);
  }

  @Test
  void elapsedTimesComeBackToTheNanosecond() throws IOException {
    Random chance = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      long nanos = chance.nextLong(1L << (1 + chance.nextInt(47)));
      Entry entry =
          new Entry(
              0,
              Instant.ofEpochSecond(chance.nextLong(4_000_000_000L), chance.nextInt(1_000_000_000)),
              Duration.ofNanos(nanos),
              Samples.event());
      String line = new String(JournalLine.write(entry), StandardCharsets.UTF_8).strip();
      assertThat(JournalLine.read(line)).contains(entry);
    }
  }

  /** As one of another version may: whoever undoes by it must not find a hole. */
  @Test
  void aLineThatLacksAPartIsNotTrustedWhateverItsChecksum() {
    Event verified =
        new Event.StepVerified(new StepRef("f", 0, "t", 0), new Evidence(true, "seen"));
    Entry entry = new Entry(0, Instant.EPOCH, Duration.ofSeconds(1), verified);
    String whole = Codec.json().writeValueAsString(entry);
    assertThat(read(checked(whole)).entries()).hasSize(1);
    for (String part : PARTS) {
      assertThat(whole).contains(part);
      JournalContent content = read(checked(whole.replace(part, "")));
      assertThat(content.entries()).as("without %s", part).isEmpty();
      assertThat(content.whole()).isFalse();
    }
  }

  private static byte[] checked(String json) {
    return Samples.checked(json).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTornTailIsCutOffWhereverItIsTorn() throws IOException {
    String text = few();
    byte[] whole = text.getBytes(StandardCharsets.UTF_8);
    List<Entry> all = read(whole).entries();
    for (int length = 0; length <= whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      long lines = new String(torn, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      for (byte[] content : List.of(torn, Arrays.copyOf(torn, length + 4096))) {
        JournalContent read = read(content);
        assertThat(read.whole()).isTrue();
        assertThat(read.entries()).isEqualTo(all.subList(0, (int) lines));
      }
    }
  }

  /** Many lines are read at the same time. */
  @Test
  void aLongJournalEndsWhereItsFirstAlteredLineBegins() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    int good = 0;
    for (int number = 0; number < 3_000; number++) {
      byte[] line =
          JournalLine.write(
              new Entry(number, Instant.EPOCH, Duration.ofMillis(number), Samples.event()));
      written.write(line);
      good += number < 2_000 ? line.length : 0;
    }
    byte[] content = written.toByteArray();
    assertThat(read(content).entries())
        .extracting(Entry::number)
        .containsExactlyElementsOf(LongStream.range(0, 3_000).boxed().toList());

    content[good + 40] ^= 1;

    JournalContent altered = read(content);
    assertThat(altered.entries()).isEqualTo(read(Arrays.copyOf(content, good)).entries());
    assertThat(altered.entries()).hasSize(2_000);
    assertThat(altered.validBytes()).isEqualTo(good);
    assertThat(altered.whole()).isFalse();
  }

  @Test
  void aFlippedByteIsNeverBelieved() throws IOException {
    byte[] whole = few().getBytes(StandardCharsets.UTF_8);
    List<Entry> all = read(whole).entries();
    assertThat(all).hasSize(Samples.few().size());
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      JournalContent read = read(flipped);
      assertThat(read.entries()).hasSizeLessThan(all.size());
      assertThat(read.entries()).isEqualTo(all.subList(0, read.entries().size()));
      boolean lastLineEnd = bit / 8 == whole.length - 1;
      assertThat(read.whole() && !lastLineEnd).as("bit %d", bit).isFalse();
    }
  }

  private static String few() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : Samples.few()) {
      text.append(new String(JournalLine.write(entry), StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  void whatANewerFaultlineWroteIsNotTrusted() throws IOException {
    String line =
        Samples.checked(
            "{\"number\":%d,\"at\":\"2030-01-01T00:00:00Z\",\"elapsed\":\"1s\",\"event\":{\"teleported\":{}}}"
                .formatted(entries.size()));
    byte[] newer =
        (new String(bytes, StandardCharsets.UTF_8) + line).getBytes(StandardCharsets.UTF_8);
    JournalContent content = read(newer);
    assertThat(content.entries()).isEqualTo(entries);
    assertThat(content.whole()).isFalse();
  }

  @Test
  void aMissingOrRepeatedEntryIsNotTrusted() throws IOException {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    String without =
        String.join("\n", lines.subList(0, 3))
            + "\n"
            + String.join("\n", lines.subList(4, lines.size()))
            + "\n";
    assertThat(read(without.getBytes(StandardCharsets.UTF_8)).whole()).isFalse();
    String twice = lines.get(0) + "\n" + lines.get(0) + "\n";
    assertThat(read(twice.getBytes(StandardCharsets.UTF_8)).whole()).isFalse();
  }

  @Test
  void nothingThatIsReadCanBreakTheReader() throws IOException {
    Random chance = new Random(7);
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    byte[] few = (lines.get(0) + "\n" + lines.get(1) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] content = i % 4 == 0 ? Samples.scrambled(few, chance) : Samples.forged(lines, chance);
      JournalContent read = JournalContent.of(content);
      assertThat(read.validBytes()).isBetween(0L, (long) content.length);
    }
  }

  @Test
  void whatFollowsTheValidPartIsBlankedBeforeTheJournalGoesOn() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    byte[] torn = Arrays.copyOf(bytes, bytes.length - 3);
    Files.write(folder.journal(), torn);
    JournalContent content = folder.read();
    Journal journal = store.resumeJournal(folder, content);
    journal.append(
        new Entry(content.entries().size(), Instant.EPOCH, Duration.ZERO, Samples.event()));
    JournalContent now = folder.read();
    journal.close();
    assertThat(now.whole()).isTrue();
    assertThat(now.entries()).hasSize(entries.size());
  }

  @Test
  void aDamagedJournalIsKeptBesideTheOneThatGoesOn() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    byte[] damaged = bytes.clone();
    damaged[bytes.length / 2] ^= 1;
    Files.write(folder.journal(), damaged);
    store.resumeJournal(folder, folder.read()).close();
    assertThat(folder.path().resolve("journal.damaged")).hasBinaryContent(damaged);
    assertThat(folder.read().whole()).isTrue();
  }

  @Test
  void everythingBelongsToItsOwnerAlone() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    store.lock(folder).orElseThrow().close();
    store.lockEnvironment("shop").orElseThrow().close();
    try (Stream<Path> all = Files.walk(root.resolve("state"))) {
      assertThat(all.toList())
          .hasSizeGreaterThan(6)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void aJournalSurvivesAnInterruptOfWhoWritesIt() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    RunFolder other = store.create("other", Instant.EPOCH);
    try (Journal journal = store.startJournal(other)) {
      Thread.currentThread().interrupt();
      journal.append(new Entry(0, Instant.EPOCH, Duration.ZERO, Samples.event()));
      journal.append(new Entry(1, Instant.EPOCH, Duration.ZERO, Samples.event()));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(other.read().entries()).hasSize(2);
  }

  @Test
  void twoRunsOfOneSecondHaveTwoFolders() throws IOException {
    RunStore store = new RunStore(root.resolve("state"));
    assertThat(store.create("trial", Instant.EPOCH).path()).isNotEqualTo(folder.path());
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void aLockIsHeldOnceAndOutlivesTheAttemptToTakeItAgain() throws Exception {
    RunStore store = new RunStore(root.resolve("state"));
    try (FileGuard _ = store.lock(folder).orElseThrow()) {
      assertThat(store.lock(folder)).isEmpty();
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
      assertThat(Samples.otherProcessCanLock(folder.path().resolve("lock"))).isFalse();
    }
    assertThat(Samples.otherProcessCanLock(folder.path().resolve("lock"))).isTrue();
    store.lock(folder).orElseThrow().close();
  }

  @Test
  void aJournalThatIsNoFileIsAnErrorOfItsOwnKind() {
    assertThatThrownBy(() -> JournalContent.read(root)).isInstanceOf(IOException.class);
  }
}
