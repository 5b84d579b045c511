package dev.faultline.gameday.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of the schedule, whatever happened to its last line. */
final class NotebookTest {

  private static final Instant AT = Instant.parse("2026-06-01T09:00:00Z");
  private static final List<Note> ALL =
      List.of(
          new Note.Followed("day", "abc", AT.minusSeconds(60)),
          new Note.Dropped("day", AT, "frozen: Christmas", AT),
          new Note.Begun("day", AT.plusSeconds(60), List.of("one", "two"), AT.plusSeconds(61)),
          new Note.Ended("day", AT.plusSeconds(60), "one", 6, "", AT.plusSeconds(62)),
          new Note.Followed("other", "abc", AT),
          new Note.Left("other", AT),
          new Note.Announced("day", AT.plusSeconds(120), AT.plusSeconds(150), AT.plusSeconds(90)),
          new Note.Closed("old", AT, 0, AT));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("journal.jsonl");
  }

  private Path written() throws IOException {
    try (Notebook notebook = Notebook.open(file())) {
      for (Note note : ALL) {
        notebook.write(note);
      }
    }
    return file();
  }

  @Test
  void eachNoteIsReadAsItWasWritten() throws Exception {
    assertThat(Notebook.read(written())).isEqualTo(ALL);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Notebook again = Notebook.open(file())) {
      assertThat(again.past().decided("day")).contains(AT.plusSeconds(60));
      assertThat(again.past().open())
          .singleElement()
          .satisfies(firing -> assertThat(firing.unfinished()).containsExactly("two"));
      assertThat(again.past().followed()).containsExactly("day");
    }
  }

  @Test
  void aLineThatWasCutShortNeverCountedAtWhateverByte() throws Exception {
    byte[] all = Files.readAllBytes(written());
    Note next = new Note.Closed("day", AT.plusSeconds(60), 6, AT.plusSeconds(63));
    for (int cut = 0; cut < all.length; cut += 7) {
      Files.write(file(), Arrays.copyOf(all, cut));
      int whole = Notebook.read(file()).size();
      try (Notebook again = Notebook.open(file())) {
        again.write(next);
      }
      List<Note> kept = new ArrayList<>(ALL.subList(0, whole));
      kept.add(next);
      assertThat(Notebook.read(file())).isEqualTo(kept);
    }
  }

  @Test
  void aDamagedLineIsRefused() throws Exception {
    Files.writeString(written(), "{\"note\":{\"begun\":{}}}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Notebook.open(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line %d of".formatted(ALL.size() + 1));
  }
}
