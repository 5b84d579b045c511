package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.app.standing.StandingFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabUpCommandTest {

  private static final String HEAD =
      """
      apiVersion: faultline.dev/v1
      kind: Environment
      metadata: {name: %s}
      spec: {%s}
      """;

  @TempDir private Path temp;

  private Called up(String text) throws Exception {
    return Called.faultline(
        temp, "lab", "up", Files.writeString(temp.resolve("environment.yaml"), text).toString());
  }

  @Test
  void whatRunsAlreadyIsNoLab() throws Exception {
    Called up = up(HEAD.formatted("here", "local: {}"));

    assertThat(up.exit()).isEqualTo(2);
    assertThat(up.err()).contains("here is no lab", "what it names runs already");
  }

  @Test
  void aFileOfSeveralEnvironmentsSaysNotWhichIsMeant() throws Exception {
    Called up =
        up(HEAD.formatted("one", "local: {}") + "---\n" + HEAD.formatted("two", "local: {}"));

    assertThat(up.exit()).isEqualTo(2);
    assertThat(up.err()).contains("several environments are in this file");
  }

  @Test
  void aLabThatDoesNotStartSaysWhyAndLeavesNothing() throws Exception {
    Called up = up(HEAD.formatted("broken", "lab: {processes: {a: {command: [no-such-program]}}}"));

    assertThat(up.exit()).isEqualTo(5);
    assertThat(up.err()).contains("the lab is not up", "no-such-program");
    assertThat(temp.resolve("state/faultline/labs/broken/lab")).doesNotExist();
  }

  @Test
  void aLabOfOneNameStandsOnce() throws Exception {
    Path folder = temp.resolve("folder");
    try (StandingFolder first = StandingFolder.take(folder).orElseThrow()) {
      assertThat(first.environment()).doesNotExist();
      assertThat(StandingFolder.take(folder)).isEmpty();
    }
    StandingFolder.take(folder).orElseThrow().close();
  }
}
