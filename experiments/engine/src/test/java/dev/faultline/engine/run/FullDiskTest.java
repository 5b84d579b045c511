package dev.faultline.engine.run;

import static dev.faultline.engine.run.SimulatedRunTest.FREEZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.JournalFile;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose journal can no longer be written leaves its timeline and undoes. */
final class FullDiskTest {

  private static final String LONG = FREEZE.replace("'10s'", "'1h'");

  @TempDir Path root;

  @Test
  void aFullDiskEndsTheRunAndHoldsTheUndo() throws Exception {
    assumeTrue(mounted(), "needs the right to mount a tmpfs");
    try {
      Simulation sim = new Simulation(root);
      sim.world.process("db").series("errors", () -> 0);
      sim.at(60, this::fill);
      Result result = sim.run(LONG);
      assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
      assertThat(result.summary().stops().getFirst().what().reason())
          .isEqualTo(StopReason.JOURNAL_LOST);
      assertThat(sim.world.residue()).isEmpty();
      JournalContent journal = result.folder().read();
      assertThat(journal.whole()).isTrue();
      assertThat(RunSummary.of(journal.entries()).open()).isEmpty();
      assertThat(journal.entries().getLast().event()).isInstanceOf(Event.Concluded.class);
    } finally {
      run("umount", "-l", root.toString());
    }
  }

  private boolean mounted() throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", root.toString()) == 0;
  }

  private static int run(String... argv) throws IOException, InterruptedException {
    return new ProcessBuilder(argv)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void fill() {
    try (OutputStream filler = Files.newOutputStream(root.resolve("filler"))) {
      while (true) {
        filler.write(new byte[4096]);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** From the very first entry to one in the middle of the fault. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20})
  void aDiskThatFailsForGoodEndsTheRunAndTheUndoIsDoneAllTheSame(int writes) throws Exception {
    AtomicInteger left = new AtomicInteger(writes);
    Simulation sim = new Simulation(root, file -> new Failing(file, left));
    sim.world.process("db").series("errors", () -> 0);
    Result result =
        sim.engine.run(
            Simulation.experiment(LONG), new Options(false, Optional.empty(), 1), sim.heard::add);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.now()).isLessThan(30);
    JournalContent journal = result.folder().read();
    assertThat(journal.entries()).isEqualTo(sim.heard.subList(0, journal.entries().size()));
    if (journal.entries().stream().noneMatch(e -> e.event() instanceof Event.StepIntended)) {
      assertThat(sim.deeds()).noneMatch(deed -> deed.contains("STOP"));
    }
  }

  private record Failing(JournalFile file, AtomicInteger left) implements JournalFile {
    @Override
    public void write(byte[] bytes) throws IOException {
      if (left.getAndDecrement() <= 0) {
        throw new IOException("input/output error");
      }
      file.write(bytes);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public void reserve(int bytes) throws IOException {
      file.reserve(bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
      if (left.get() <= 0) {
        throw new IOException("input/output error");
      }
    }
  }
}
