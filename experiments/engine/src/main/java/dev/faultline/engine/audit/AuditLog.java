package dev.faultline.engine.audit;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.RunStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The log of who did what: a file of mode 0600 in the state folder, to which records are only ever
 * appended. Thread-safe, also among processes.
 */
public final class AuditLog {

  /** A record has texts of bounded length, so that no line comes near this. */
  private static final int LONGEST_LINE = 256 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMillis(2);

  // An operating-system lock is held by the process: its threads, and the stores that they open,
  // exclude each other here.
  private static final ReentrantLock ONE = new ReentrantLock();

  private final RunStore store;
  private final InstantSource clock;

  /** The log of a store. */
  public AuditLog(RunStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The end of a log.
   *
   * @param length where its last whole line ends, in bytes
   * @param number of the last record; 0 where there is none
   * @param hash of the last record
   * @param torn how many bytes stand after the last whole line: its writer died
   * @param said what they say
   */
  private record End(long length, long number, String hash, int torn, String said) {}

  /**
   * Appends a record; it is on disk when this returns. What a writer that died has left of its line
   * gives way to a record that says so.
   *
   * @throws IOException when it may not be on disk, or the log's last record is damaged
   */
  public AuditRecord append(Who who, Act act) throws IOException {
    // An interrupt is to end what is run, not to lose what is written of it.
    boolean interrupted = Thread.interrupted();
    try (RandomAccessFile file = open()) {
      AuditRecord record = inTurn(file, who, act);
      // Others may go on meanwhile: what they append is on disk only with what it follows.
      file.getFD().sync();
      return record;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private AuditRecord inTurn(RandomAccessFile file, Who who, Act act) throws IOException {
    ONE.lock();
    try (FileGuard _ = guard()) {
      return append(file, who, act);
    } finally {
      ONE.unlock();
    }
  }

  private FileGuard guard() throws IOException {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        Optional<FileGuard> taken = store.lockAudit();
        if (taken.isPresent()) {
          return taken.get();
        }
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IOException(
              "%s: another process has held its lock for %d s"
                  .formatted(store.audit(), PATIENCE.toSeconds()));
        }
        try {
          Thread.sleep(AGAIN);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // A channel would be closed by an interrupt of the thread that writes.
  private RandomAccessFile open() throws IOException {
    Path path = store.audit();
    if (!Files.exists(path)) {
      create(path);
    }
    return new RandomAccessFile(new File(path.toString()), "rw");
  }

  private void create(Path path) throws IOException {
    ONE.lock();
    try (FileGuard _ = guard()) {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } finally {
      ONE.unlock();
    }
    try (FileChannel folder = FileChannel.open(path.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private AuditRecord append(RandomAccessFile file, Who who, Act act) throws IOException {
    End end = end(file);
    StringBuilder text = new StringBuilder();
    String before = end.hash();
    long number = end.number();
    if (end.torn() > 0) {
      Act mended = new Act.Mended(end.torn(), end.said());
      AuditLine line =
          AuditLine.of(new AuditRecord(++number, clock.instant(), who, mended, before));
      text.append(line.text()).append('\n');
      before = line.hash();
    }
    AuditRecord record = new AuditRecord(number + 1, clock.instant(), who, act, before);
    text.append(AuditLine.of(record).text()).append('\n');
    write(file, end.length(), text.toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static void write(RandomAccessFile file, long at, byte[] lines) throws IOException {
    try {
      file.seek(at);
      file.write(lines);
      file.setLength(at + lines.length);
    } catch (IOException full) {
      file.setLength(at);
      throw full;
    }
  }

  private End end(RandomAccessFile file) throws IOException {
    long length = file.length();
    long from = Math.max(0, length - 2L * LONGEST_LINE);
    byte[] tail = new byte[(int) (length - from)];
    file.seek(from);
    file.readFully(tail);
    int whole = ends(tail, tail.length);
    int torn = tail.length - whole;
    String said = new String(tail, whole, torn, StandardCharsets.UTF_8);
    if (whole == 0 && from == 0) {
      return new End(0, 0, AuditLine.NOTHING, torn, said);
    }
    int start = ends(tail, Math.max(0, whole - 1));
    byte[] text = Arrays.copyOfRange(tail, start, Math.max(start, whole - 1));
    Optional<AuditLine> last =
        AuditLine.read(text(text)).filter(line -> line.computed().equals(line.hash()));
    Optional<AuditLine.Link> link = last.flatMap(AuditLine::link);
    if (last.isEmpty() || link.isEmpty()) {
      throw new IOException(
          "%s: its last record was altered, and nothing can follow it; see 'faultline audit verify',"
                  .formatted(store.audit())
              + " and move the file away to begin a new one");
    }
    return new End(from + whole, link.get().number(), last.get().hash(), torn, said);
  }

  /** Where the last line before a place ends. */
  private static int ends(byte[] bytes, int before) {
    int at = before;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /** Unlike texts for unlike bytes: bytes that are no text are no record. */
  private static String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException noText) {
      return "";
    }
  }

  /**
   * Reads the whole lines of a log while others may append to it.
   *
   * @return how many bytes stand after the last whole line
   */
  public static long read(Path file, Consumer<String> lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          lines.accept(text(line.toByteArray()));
          line.reset();
        } else if (line.size() < LONGEST_LINE) {
          line.write(next);
        }
      }
    }
    return line.size();
  }

  /** Where the log is. */
  public Path file() {
    return store.audit();
  }
}
