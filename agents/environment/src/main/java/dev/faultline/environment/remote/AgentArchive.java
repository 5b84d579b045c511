package dev.faultline.environment.remote;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes the archive of a runtime and of jars; the same contents give the same bytes. */
final class AgentArchive {

  private static final int FOR_ALL = 0_755;
  private static final int PLAIN = 0_644;

  private AgentArchive() {}

  /** Puts a runtime below {@code runtime}, and jars, or folders of classes, below {@code lib}. */
  static void write(Path archive, Path runtime, List<Path> jars) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : filesOf(runtime)) {
        put(tar, "runtime/" + runtime.relativize(file), file);
      }
      for (int i = 0; i < jars.size(); i++) {
        Path jar = jars.get(i);
        String name = "lib/%d.jar".formatted(i);
        if (Files.isDirectory(jar)) {
          Path packed = Files.createTempFile(archive.getParent(), "classes", ".jar");
          pack(jar, packed);
          put(tar, name, packed);
          Files.delete(packed);
        } else {
          put(tar, name, jar);
        }
      }
    }
  }

  /** The files in a folder, in order; a file alone. */
  static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(Files.size(file));
    entry.setMode(Files.isExecutable(file) ? FOR_ALL : PLAIN);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : filesOf(classes)) {
        JarEntry entry = new JarEntry(classes.relativize(file).toString());
        entry.setTime(0);
        out.putNextEntry(entry);
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
