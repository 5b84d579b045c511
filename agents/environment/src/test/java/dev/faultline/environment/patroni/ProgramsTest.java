package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

  private static final Shelf.Source NOTHING =
      (folder, tools, deadline) -> {
        throw new IOException("the mirror is away");
      };

  private final Lives lives = new Lives();
  private final List<String> progress = new ArrayList<>();

  @TempDir private Path folder;
  private Path bin;
  private Shelf shelf;

  @BeforeEach
  void makeFolders() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    shelf = new Shelf(folder.resolve("cache"), new Tools(lives, folder), progress::add);
  }

  @AfterEach
  void end() throws InterruptedException {
    lives.end();
  }

  private SearchPath path() {
    return new SearchPath(List.of(folder.resolve("missing"), bin));
  }

  private static Path script(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static void servers(Path folder, String version) throws IOException {
    for (Path file : ServerPrograms.in(folder).files()) {
      script(file, "echo 'postgres (PostgreSQL) %s'".formatted(version));
    }
  }

  @Test
  void anInstalledEtcdIsUsedFirst() throws Exception {
    Path etcd = script(bin.resolve("etcd"), "echo 'etcd Version: 3.5.16'");

    assertThat(new EtcdProgram(path(), shelf, NOTHING).find()).isEqualTo(etcd);
    assertThat(progress).isEmpty();
  }

  @Test
  void anOldEtcdWillNotDoAndTheReasonIsTold() throws Exception {
    script(bin.resolve("etcd"), "echo 'etcd Version: 3.3.25'");

    assertThatThrownBy(() -> new EtcdProgram(path(), shelf, NOTHING).find())
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("version 3.3 is older than 3.4")
        .hasMessageContaining("the mirror is away")
        .hasMessageContaining("install etcd");
  }

  @Test
  void whatWasFetchedIsKeptAndTriedEachTime() throws Exception {
    Shelf.Source source =
        (fresh, tools, deadline) ->
            script(fresh.resolve("usr/bin/etcd"), "echo 'etcd Version: 3.4.23'");
    Path first = new EtcdProgram(path(), shelf, source).find();
    assertThat(new EtcdProgram(path(), shelf, NOTHING).find()).isEqualTo(first);
    assertThat(progress).hasSize(2).first().asString().startsWith("fetching etcd");

    script(first, "exit 1");

    assertThatThrownBy(() -> new EtcdProgram(path(), shelf, NOTHING).find())
        .isInstanceOf(NotReady.class);
    assertThat(new EtcdProgram(path(), shelf, source).find()).isEqualTo(first);
  }

  @Test
  void theProgramsBesideTheInstalledServerAreFoundThroughItsLink() throws Exception {
    Path whole = folder.resolve("lib/postgresql/15/bin");
    servers(whole, "15.20 (Debian 15.20-0+deb12u1)");
    Files.createSymbolicLink(bin.resolve("postgres"), whole.resolve("postgres"));

    ServerPrograms found = new ServerSearch(path(), folder.resolve("none"), shelf, NOTHING).find();

    assertThat(found).isEqualTo(ServerPrograms.in(whole.toRealPath()));
  }

  @Test
  void theNewestServerThatIsWholeIsTaken() throws Exception {
    Path versions = folder.resolve("versions");
    servers(versions.resolve("9/bin"), "9.6.24");
    servers(versions.resolve("14/bin"), "14.13");
    servers(versions.resolve("17/bin"), "17.2");
    Files.delete(versions.resolve("17/bin/pg_rewind"));

    assertThat(new ServerSearch(path(), versions, shelf, NOTHING).find().bin())
        .isEqualTo(versions.resolve("14/bin"));
  }

  @Test
  void aServerWithoutItsToolsIsNamedWhenNoOtherIsToBeHad() throws Exception {
    Path versions = folder.resolve("versions");
    servers(versions.resolve("17/bin"), "17.2");
    Files.delete(versions.resolve("17/bin/pg_rewind"));

    assertThatThrownBy(() -> new ServerSearch(path(), versions, shelf, NOTHING).find())
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("17/bin has no pg_rewind")
        .hasMessageContaining("package 'postgresql'");
  }

  @Test
  void anInstalledPatroniIsUsedFirst() throws Exception {
    Path patroni = script(bin.resolve("patroni"), "echo 'patroni 4.0.4'");

    assertThat(new PatroniSearch(path(), shelf).find().argv()).containsExactly(patroni.toString());
  }

  @Test
  void withoutPythonTheWayOutIsTold() throws Exception {
    script(bin.resolve("patroni"), "echo 'patroni 3.0.2'");

    assertThatThrownBy(() -> new PatroniSearch(path(), shelf).find())
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("version 3.0 is older than 4.0")
        .hasMessageContaining("there is no python3 on the PATH")
        .hasMessageContaining("install python3 3.9 or newer");
  }

  @Test
  void aPythonThatIsTooOldIsNotAskedToInstall() throws Exception {
    script(bin.resolve("python3"), "echo '%s Python 3.8'".formatted(bin.resolve("python3")));

    assertThatThrownBy(() -> new PatroniSearch(path(), shelf).find())
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("version 3.8 is older than 3.9");
    assertThat(progress).isEmpty();
  }

  @Test
  void aPythonThatBreaksLeavesNothingHalfFetched() throws Exception {
    Path python = bin.resolve("python3");
    script(
        python,
        """
        case "$*" in
          *version_info*) echo "%s Python 3.11" ;;
          *"pip --version") ;;
          *) echo "no index can be reached" >&2; exit 1 ;;
        esac"""
            .formatted(python));

    assertThatThrownBy(() -> new PatroniSearch(path(), shelf).find())
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("no index can be reached");
    assertThat(folder.resolve("cache/patroni")).isDirectoryContaining("glob:**/lock");
    assertThat(folder.resolve("cache/patroni")).isDirectoryNotContaining("glob:**/*4.*");
  }
}
