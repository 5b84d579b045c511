package dev.faultline.environment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramTest {

  private final Queue<String> progress = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  @Test
  void twoAtOnceUnpackItOnceWithLinksAndPrograms() throws Exception {
    Path leftover = Files.createDirectories(folder.resolve(".new-1/bin"));
    FutureTask<PostgresProgram> other =
        new FutureTask<>(() -> PostgresProgram.find(folder, progress::add));
    Thread.ofPlatform().start(other);

    PostgresProgram program = PostgresProgram.find(folder, progress::add);

    assertThat(program).isEqualTo(other.get());
    assertThat(progress)
        .satisfiesExactly(
            words -> assertThat(words).isEqualTo("unpacking PostgreSQL, once (about 60 MB)"),
            words -> assertThat(words).startsWith("PostgreSQL unpacked in "));
    assertThat(program.postgres()).isExecutable();
    assertThat(leftover).doesNotExist();
    try (Stream<Path> files = Files.walk(program.home())) {
      assertThat(files.filter(Files::isSymbolicLink)).isNotEmpty().allMatch(Files::exists);
    }
  }

  @Test
  void whatIsBrokenIsUnpackedAgain() throws Exception {
    PostgresProgram program = PostgresProgram.find(folder, progress::add);
    Files.delete(program.initdb());

    assertThat(PostgresProgram.find(folder, progress::add).initdb()).isExecutable();
    assertThat(progress).hasSize(4);
  }

  @Test
  void anArchiveThatLeadsOutOfItsFolderIsRefused() throws Exception {
    assertRefused(file("../outside"), "'../outside' leads out of the folder");
    assertRefused(link("inside/link", "../../outside"), "'inside/link' leads out of the folder");
    assertRefused(link("link", "/etc"), "'link' leads out of the folder");
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  private void assertRefused(TarArchiveEntry entry, String complaint) throws IOException {
    Path target = Files.createTempDirectory(folder, "target");
    byte[] archive = archive(entry);
    assertThatThrownBy(() -> new TarXz(new ByteArrayInputStream(archive)).unpackInto(target))
        .isInstanceOf(IOException.class)
        .hasMessage(complaint);
  }

  private static TarArchiveEntry file(String name) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(1);
    return entry;
  }

  private static TarArchiveEntry link(String name, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return entry;
  }

  private static byte[] archive(TarArchiveEntry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      tar.putArchiveEntry(entry);
      tar.write("x".repeat((int) entry.getSize()).getBytes(StandardCharsets.US_ASCII));
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
