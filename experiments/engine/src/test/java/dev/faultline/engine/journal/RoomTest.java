package dev.faultline.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.event.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal asks of its disk, when, and what of it is left. */
final class RoomTest {

  private static final Entry CHANGE = Samples.few().getFirst();
  private static final Entry SAMPLE = Samples.few().get(2);

  @TempDir private Path root;
  private RunStore store;
  private RunFolder run;

  @BeforeEach
  void makeARun() throws IOException {
    store = new RunStore(root.resolve("state"));
    run = store.create("trial", Instant.EPOCH);
  }

  private static final class Noted implements JournalFile {
    private final List<String> calls = new ArrayList<>();
    private boolean full;

    @Override
    public void write(byte[] bytes) {
      calls.add("write " + bytes.length);
    }

    @Override
    public void force() {
      calls.add("force");
    }

    @Override
    public void reserve(int bytes) throws IOException {
      calls.add("reserve " + bytes);
      if (full) {
        throw new IOException("full");
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void roomIsSetAsideFirstAndOnlyAChangeOfStateIsForced() throws IOException {
    Noted file = new Noted();
    Journal journal = new Journal(file);
    int change = JournalLine.write(CHANGE).length;
    int sample = JournalLine.write(SAMPLE).length;

    journal.append(CHANGE);
    journal.append(SAMPLE);

    assertThat(file.calls)
        .containsExactly(
            "reserve " + (change + Journal.RESERVE),
            "write " + change,
            "force",
            "reserve " + (sample + Journal.RESERVE),
            "write " + sample);
  }

  @Test
  void withoutRoomAChangeOfStateIsWrittenAllTheSameAndASampleIsNot() {
    Noted file = new Noted();
    file.full = true;
    Journal journal = new Journal(file);

    assertThatThrownBy(() -> journal.append(SAMPLE)).hasMessage("full");
    assertThat(file.calls).hasSize(1);
    assertThatThrownBy(() -> journal.append(CHANGE)).hasMessage("full");
    assertThat(file.calls).hasSize(4).endsWith("force");
  }

  @Test
  void theRoomLiesInTheFileUntilItIsClosed() throws IOException {
    int line = JournalLine.write(CHANGE).length;
    try (Journal journal = store.startJournal(run)) {
      journal.append(CHANGE);
      assertThat(Files.size(run.journal())).isBetween(Journal.RESERVE + 1L * line, 400_000L);
      assertThat(run.read().whole()).isTrue();
    }
    assertThat(Files.size(run.journal())).isEqualTo(line);
  }

  @Test
  void whatFollowsTheValidPartIsGoneBeforeAnythingIsAdded() throws IOException {
    byte[] line = JournalLine.write(CHANGE);
    byte[] longer = Arrays.copyOf(line, line.length + 200_000);
    Arrays.fill(longer, line.length, longer.length, (byte) 'x');
    Files.write(run.journal(), longer);

    try (Journal _ = store.resumeJournal(run, new JournalContent(List.of(), line.length, true))) {
      assertThat(Files.readAllBytes(run.journal())).isEqualTo(Arrays.copyOf(line, longer.length));
    }
  }

  @Test
  void whatStandsBehindTheRoomIsNotTrusted() {
    byte[] line = JournalLine.write(CHANGE);
    byte[] room = Arrays.copyOf(line, line.length + 10);
    assertThat(JournalContent.of(room).whole()).isTrue();
    room[room.length - 1] = 'x';
    assertThat(JournalContent.of(room).whole()).isFalse();
  }

  @Test
  void eachDamageIsKeptUnderANameOfItsOwn() throws IOException {
    assertThat(run.wasDamaged()).isFalse();
    for (String damage : List.of("one", "two", "three")) {
      Files.writeString(run.journal(), damage + "\n");
      store.resumeJournal(run, run.read()).close();
    }

    assertThat(run.wasDamaged()).isTrue();
    assertThat(run.path().resolve("journal.damaged-3")).hasContent("three\n");
  }

  @Test
  void aRunIsFoundByItsIdOrByAPartThatNoOtherHas() throws IOException {
    RunFolder second = store.create("trial", Instant.EPOCH);
    RunFolder third = store.create("trial", Instant.EPOCH);
    Files.createFile(run.path().resolveSibling("no-folder"));

    assertThat(List.of(run.id(), second.id(), third.id()))
        .containsExactly(
            "19700101-000000-trial", "19700101-000000-trial-2", "19700101-000000-trial-3");
    assertThat(store.all()).containsExactly(run, second, third);
    assertThat(store.find(run.id())).contains(run);
    assertThat(store.find("trial-2")).contains(second);
    assertThat(store.find("trial")).isEmpty();
    assertThat(store.find("other")).isEmpty();
  }

  @Test
  void aTailGoesOnWhereItWasAlsoInAJournalOfManyPieces() throws IOException {
    JournalTail tail = new JournalTail(run.journal());
    List<Entry> seen = new ArrayList<>();
    try (Journal journal = store.startJournal(run)) {
      for (int number = 0; number < 3000; number++) {
        journal.append(new Entry(number, SAMPLE.at(), SAMPLE.elapsed(), SAMPLE.event()));
        if (number % 1000 == 999) {
          seen.addAll(tail.next());
          assertThat(seen).hasSize(number + 1);
        }
      }
    }
    assertThat(tail.whole()).isTrue();
    assertThat(Files.size(run.journal())).isGreaterThan(4 * 64 * 1024);
  }
}
