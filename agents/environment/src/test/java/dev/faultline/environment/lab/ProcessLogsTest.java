package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLogsTest {

  @TempDir private Path run;

  private Path lab(String file, String text) throws IOException {
    Path path = run.resolve("lab").resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  @Test
  void processesAndNodesOfDatabasesAreFoundByName() throws IOException {
    Path orders = lab("orders.log", "a");
    Path node = lab("orders-db/orders-db-1/log", "b");
    lab("orders-db/orders-db-1/data/pg_wal/0001", "c");

    assertThat(new ProcessLogs(run).files())
        .containsEntry("orders", orders)
        .containsEntry("orders-db-1", node)
        .hasSize(2);
  }

  @Test
  void theEndOfALongLogIsKeptForItsUserAlone() throws IOException {
    lab("orders.log", "x".repeat(ProcessLogs.BYTES) + "the end\n");
    lab("silent.log", "");
    ProcessLogs logs = new ProcessLogs(run);

    logs.keep();
    Files.delete(run.resolve("lab/orders.log"));
    Files.delete(run.resolve("lab/silent.log"));

    Path kept = run.resolve("logs/orders.log");
    assertThat(logs.files()).containsOnlyKeys("orders").containsValue(kept);
    assertThat(Files.readString(kept))
        .startsWith("[8 bytes before this were not kept]\n")
        .endsWith("the end\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logs.kept())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsForgottenIsGoneAndWhatNeverWasIsNothing() throws IOException {
    ProcessLogs logs = new ProcessLogs(run);
    logs.keep();
    assertThat(logs.kept()).doesNotExist();
    lab("orders.log", "a");
    logs.keep();

    logs.forget();

    assertThat(logs.kept()).doesNotExist();
  }

  @Test
  void aLinkThatAProcessLaidIsNotFollowed() throws IOException {
    Path secret = Files.writeString(run.resolve("secret"), "s");
    Files.createDirectories(run.resolve("lab"));
    Files.createSymbolicLink(run.resolve("lab/orders.log"), secret);

    assertThat(new ProcessLogs(run).files()).isEmpty();
  }
}
