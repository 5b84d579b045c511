package dev.faultline.gameday.course;

import dev.faultline.model.codec.Codec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The journal of the schedule: a line of JSON for each note, on disk before {@link #write} returns.
 * A line that was cut short, as by a crash, never counted. Not thread-safe.
 */
public final class Notebook implements Book, Closeable {

  /** A note under its word. */
  private record Line(Note note) {}

  private final FileChannel channel;
  private final Past past;

  private Notebook(FileChannel channel, Past past) {
    this.channel = channel;
    this.past = past;
  }

  /**
   * Opens a journal, or makes one of mode 0600.
   *
   * @throws IOException when it cannot be read or written, or a whole line of it is damaged
   */
  public static Notebook open(Path file) throws IOException {
    List<Note> notes = new ArrayList<>();
    long valid = Files.exists(file) ? read(file, notes) : 0;
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    channel.truncate(valid);
    channel.position(valid);
    return new Notebook(channel, Past.of(notes));
  }

  /** Reads the notes of a journal; none where there is no file. */
  public static List<Note> read(Path file) throws IOException {
    List<Note> notes = new ArrayList<>();
    if (Files.exists(file)) {
      long _ = read(file, notes);
    }
    return notes;
  }

  private static long read(Path file, List<Note> into) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    int number = 0;
    for (String line : text.substring(0, whole).lines().toList()) {
      number++;
      try {
        into.add(((Line) Codec.whole(Line.class).readValue(line)).note());
      } catch (JacksonException damaged) {
        throw new IOException(
            "line %d of %s is damaged; move the file away to begin anew, and see 'faultline status'"
                .formatted(number, file),
            damaged);
      }
    }
    return text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Writes a note; what it says may be done afterwards. */
  public void write(Note note) throws IOException {
    byte[] line =
        (Codec.json().writeValueAsString(new Line(note)) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer left = ByteBuffer.wrap(line);
    while (left.hasRemaining()) {
      int _ = channel.write(left);
    }
    channel.force(false);
    past.add(note);
  }

  @Override
  public Resolved decide(String gameDay, Decider decider) throws IOException {
    Resolved resolved = decider.decide(past);
    for (Note note : resolved.notes()) {
      write(note);
    }
    return resolved;
  }

  @Override
  public void keep(Note note) throws IOException {
    write(note);
  }

  @Override
  public List<Note> follow(String gameDay, String digest, Instant now) throws IOException {
    if (past.follows(gameDay, digest)) {
      return List.of();
    }
    Note followed = new Note.Followed(gameDay, digest, now);
    write(followed);
    return List.of(followed);
  }

  @Override
  public List<Note> followOnly(Set<String> gameDays, Instant now) throws IOException {
    List<Note> left = new ArrayList<>();
    for (String name : past.followed()) {
      if (!gameDays.contains(name)) {
        Note note = new Note.Left(name, now);
        write(note);
        left.add(note);
      }
    }
    return left;
  }

  @Override
  public List<Orphan> orphans() {
    return past.open().stream().map(firing -> new Orphan(firing, Optional.empty())).toList();
  }

  @Override
  public boolean coversRuns() {
    return false;
  }

  /** What all notes amount to. */
  public Past past() {
    return past;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
