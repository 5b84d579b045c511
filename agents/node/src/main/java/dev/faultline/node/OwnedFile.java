package dev.faultline.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small text file that another program reads and Faultline writes, whole and at once: a reader
 * finds the old text or the new one. It is known by how it begins; what begins otherwise is
 * somebody else's, and stays.
 *
 * @param path absolute; a link is followed, and stays
 * @param beginning how each of its texts begins; never empty
 */
public record OwnedFile(Path path, String beginning) {

  /** How long a text may be, in bytes. */
  public static final int LONGEST = 64 * 1024;

  private static final Set<PosixFilePermission> FOR_READERS =
      PosixFilePermissions.fromString("rw-r--r--");

  /**
   * Refuses what names no file, or no beginning.
   *
   * @throws IllegalArgumentException when the path is not absolute or the beginning is empty
   */
  public OwnedFile {
    if (!path.isAbsolute() || !StandardCharsets.UTF_8.newEncoder().canEncode(path.toString())) {
      throw new IllegalArgumentException("not an absolute path of a file: '" + path + "'");
    }
    if (beginning.isBlank()) {
      throw new IllegalArgumentException("a file without a beginning is nobody's");
    }
  }

  /**
   * What it holds; empty when there is no file.
   *
   * @throws IOException when it cannot be read, or is somebody else's
   */
  public Optional<String> read() throws IOException {
    try {
      if (!Files.isRegularFile(path) && Files.exists(path)) {
        throw new IOException(path + " is not a regular file");
      }
      String text = start();
      if (!text.startsWith(beginning)) {
        throw new IOException(
            "%s is somebody else's: it does not begin with '%s'"
                .formatted(path, beginning.strip()));
      }
      return Optional.of(text);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private String start() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException("%s has more than %d bytes".formatted(path, LONGEST));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Puts a text in its place, on the disk before this returns; permissions and owner stay.
   *
   * @throws IOException when that fails, and then the old text is there; or when what is there is
   *     somebody else's
   * @throws IllegalArgumentException when the text does not begin as it must, or is too long
   */
  public void write(String text) throws IOException {
    byte[] bytes = checked(text);
    boolean there = read().isPresent();
    Path place = there ? path.toRealPath() : path;
    Path folder = place.resolveSibling("").toAbsolutePath();
    // A dot before and no known ending: what includes *.conf does not see it.
    Path fresh = Files.createTempFile(folder, "." + place.getFileName() + ".", ".new", owners());
    try {
      if (there) {
        keepOwner(place, fresh);
      }
      Files.setPosixFilePermissions(
          fresh, there ? Files.getPosixFilePermissions(place) : FOR_READERS);
      toDisk(fresh, bytes);
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException elsewhere) {
      throw new IOException(place + " cannot be replaced at once", elsewhere);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try (FileChannel entry = FileChannel.open(folder)) {
      entry.force(true);
    }
  }

  /**
   * The bytes of a text that this file may hold.
   *
   * @throws IllegalArgumentException when it does not begin as it must, or is too long
   */
  byte[] checked(String text) {
    if (!text.startsWith(beginning) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("not a text of this file: it begins otherwise");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("a text of more than " + LONGEST + " bytes");
    }
    return bytes;
  }

  private static FileAttribute<?> owners() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private static void keepOwner(Path from, Path to) throws IOException {
    for (String who : new String[] {"unix:uid", "unix:gid"}) {
      Object is = Files.getAttribute(from, who);
      if (!is.equals(Files.getAttribute(to, who))) {
        Files.setAttribute(to, who, is);
      }
    }
  }

  private static void toDisk(Path file, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }
}
