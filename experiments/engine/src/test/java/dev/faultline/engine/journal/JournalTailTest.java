package dev.faultline.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.event.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows a journal sees each entry once, as soon as it is whole. */
final class JournalTailTest {

  @TempDir Path root;
  private RunStore store;
  private RunFolder folder;
  private final List<Entry> entries = Samples.entries();

  @BeforeEach
  void makeAStore() throws IOException {
    store = new RunStore(root.resolve("state"));
    folder = store.create("trial", Instant.EPOCH);
  }

  @Test
  void eachEntryIsSeenOnceWhileTheJournalIsWritten() throws IOException {
    JournalTail tail = new JournalTail(folder.journal());
    assertThat(tail.next()).isEmpty();
    List<Entry> seen = new ArrayList<>();
    try (Journal journal = store.startJournal(folder)) {
      for (Entry entry : entries) {
        journal.append(entry);
        seen.addAll(tail.next());
        assertThat(seen).hasSize((int) entry.number() + 1);
      }
    }
    assertThat(tail.next()).isEmpty();
    assertThat(seen).isEqualTo(entries);
    assertThat(tail.whole()).isTrue();
  }

  @Test
  void aLineThatIsNotWholeYetIsWaitedFor() throws IOException {
    try (Journal journal = store.startJournal(folder)) {
      journal.append(entries.getFirst());
    }
    byte[] line = Files.readAllBytes(folder.journal());
    Path torn = root.resolve("torn");
    Files.write(torn, Arrays.copyOf(line, line.length / 2));
    JournalTail tail = new JournalTail(torn);
    assertThat(tail.next()).isEmpty();

    Files.write(
        torn, Arrays.copyOfRange(line, line.length / 2, line.length), StandardOpenOption.APPEND);

    assertThat(tail.next()).containsExactly(entries.getFirst());
  }

  @Test
  void afterAnAlteredLineNothingIsTold() throws IOException {
    try (Journal journal = store.startJournal(folder)) {
      for (Entry entry : entries) {
        journal.append(entry);
      }
    }
    byte[] bytes = Files.readAllBytes(folder.journal());
    bytes[20] ^= 1;
    Files.write(folder.journal(), bytes);
    JournalTail tail = new JournalTail(folder.journal());

    assertThat(tail.next()).isEmpty();
    assertThat(tail.whole()).isFalse();
  }

  @Test
  void aRunIsHeldWhileItsLockIs() throws IOException {
    assertThat(store.isHeld(folder)).isFalse();
    try (FileGuard _ = store.lock(folder).orElseThrow()) {
      assertThat(store.isHeld(folder)).isTrue();
    }
    assertThat(store.isHeld(folder)).isFalse();
    assertThat(store.isHeld(store.noRun())).isFalse();
  }
}
