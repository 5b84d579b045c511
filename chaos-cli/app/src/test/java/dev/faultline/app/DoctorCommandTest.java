package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {

  @TempDir private Path temp;

  private Called doctor(String environment) throws Exception {
    return doctor(environment, "kill: {}");
  }

  private Called doctor(String environment, String fault) throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("experiment.yaml"),
            """
            apiVersion: faultline.dev/v1
            kind: Experiment
            metadata: {name: one}
            spec:
              environment:
            %s
              gates: [{name: alive, command: ["true"], equals: 0}]
              faults: [{%s, target: {process: a}}]
            """
                .formatted(environment.indent(4).stripTrailing(), fault));
    return Called.faultline(temp, "doctor", file.toString());
  }

  @Test
  void theMachineIsLookedAtAndNothingIsTouched() {
    Called looked = Called.faultline(temp, "doctor");

    assertThat(looked.out())
        .containsPattern("ok +java +2")
        .contains("state", "memory", "prometheus");
    assertThat(looked.exit()).isEqualTo(looked.out().contains("missing ") ? 5 : 0);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aFileWhoseNeedsAreMetMissesNothing() throws Exception {
    Files.writeString(temp.resolve("a.pid"), ProcessHandle.current().pid() + "\n");

    Called looked = doctor("local: {processes: {a: {pidFile: a.pid}}}");

    assertThat(looked.out()).contains("For one", "runs as " + ProcessHandle.current().pid());
    assertThat(looked.out().lines().filter(line -> line.startsWith("missing"))).isEmpty();
    assertThat(looked.exit()).isZero();
  }

  @Test
  void whatAFileNeedsAndIsNotThereIsMissingWithTheWayOut() throws Exception {
    int port = closedPort();
    Called looked =
        doctor(
            """
            local: {processes: {a: {pidFile: a.pid}}}
            prometheus: {url: "http://127.0.0.1:%d"}
            databases: {db: {jdbc: "jdbc:postgresql://127.0.0.1:%d/db", passwordFile: secret}}
            """
                .formatted(port, port));

    assertThat(looked.exit()).isEqualTo(5);
    assertThat(looked.out())
        .containsPattern("missing +process a")
        .containsPattern("missing +prometheus")
        .containsPattern("missing +password")
        .containsPattern("missing +database")
        .contains("fix start it, or correct 'url'")
        .contains("4 things missing.");
  }

  @Test
  void anotherClockNeedsItsLibrary() throws Exception {
    Called looked =
        doctor("lab: {processes: {a: {command: [sleep, '60']}}}", "clock: {ahead: 2h}, for: 10s");

    assertThat(looked.out()).containsPattern("(ok|missing) +libfaketime");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void aProgramThatTheFilesNameIsLookedFor() throws Exception {
    Called looked = doctor("lab: {processes: {a: {command: [no-such-program, \"${lab}\"]}}}");

    assertThat(looked.exit()).isEqualTo(5);
    assertThat(looked.out()).contains("no-such-program is not there");
  }

  @Test
  void aWrongFileIsAUsageError() {
    assertThat(Called.faultline(temp, "doctor", "none.yaml").exit()).isEqualTo(2);
  }
}
