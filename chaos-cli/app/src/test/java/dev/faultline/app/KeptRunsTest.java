package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs an operator forgets. */
final class KeptRunsTest {

  private static final Instant BEGAN = Instant.parse("2026-03-14T09:00:00Z");

  @TempDir private Path temp;

  /** One that is over, of some minute. */
  private RunFolder over(String name, int minute) throws IOException {
    return aged(new Told(name, Duration.ofSeconds(4), Optional.of(0L)).keep(temp), minute);
  }

  private static RunFolder aged(RunFolder run, int minute) throws IOException {
    Path _ =
        Files.setLastModifiedTime(
            run.journal(), FileTime.from(BEGAN.plus(Duration.ofMinutes(minute))));
    return run;
  }

  /** One that died, or is on. */
  private RunFolder open(RunStore store, String name) throws IOException {
    RunFolder run = store.create(name, BEGAN);
    try (Journal journal = store.startJournal(run)) {
      journal.append(new Told(name, Duration.ofSeconds(4), Optional.of(0L)).entries().getFirst());
    }
    return aged(run, 0);
  }

  @Test
  void theLatestStayWhateverTheyAreCalled() throws IOException {
    RunStore store = new RunStore(temp);
    RunFolder third = over("a", 3);
    RunFolder first = over("b", 1);
    RunFolder second = over("c", 2);
    Path _ = Files.createDirectories(first.path().resolve("reports/more"));

    new KeptRuns(store, 3).trim();
    assertThat(store.all()).hasSize(3);
    new KeptRuns(store, 2).trim();

    assertThat(store.all()).containsExactlyInAnyOrder(second, third);
  }

  @Test
  void whatMayBeInForceStaysHoweverOldItIs() throws IOException {
    RunStore store = new RunStore(temp);
    RunFolder open = open(store, "open");
    RunFolder held = over("held", 1);
    RunFolder last = over("last", 2);

    try (FileGuard _ = store.lock(held).orElseThrow()) {
      new KeptRuns(store, 1).trim();
    }

    assertThat(store.all()).containsExactlyInAnyOrder(held, open);
    assertThat(last.path()).doesNotExist();
  }

  @Test
  void anOperatorKeepsOneAtLeast() {
    Called operator = Called.faultline(temp, "operator", "--keep", "0");

    assertThat(operator.exit()).isEqualTo(2);
    assertThat(operator.err()).contains("--keep is 0");
  }
}
