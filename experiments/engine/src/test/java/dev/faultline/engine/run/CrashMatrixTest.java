package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.testkit.QuickJava;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that is killed at any boundary of its journal and its world leaves nothing that the next
 * one cannot take back. Whether anything is left is asked of the kernel, not of Faultline.
 */
final class CrashMatrixTest {

  private static final int STRIDE = 13;
  private static final int SHARES = 2;

  @TempDir private static Path shared;
  private static QuickJava crashing;

  @TempDir Path root;
  private Process victim;

  @BeforeAll
  static void aQuickStart() throws Exception {
    requireLinux();
    Process calm = new ProcessBuilder("sleep", "7200").start();
    try {
      Path practice = Files.createDirectory(shared.resolve("practice"));
      List<String> whole = List.of(practice.toString(), String.valueOf(calm.pid()), "100000");
      crashing = QuickJava.of(shared, CrashingRun.class, whole, "");
    } finally {
      calm.destroyForcibly().waitFor();
    }
  }

  private static void requireLinux() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setsid")) && Files.isDirectory(Path.of("/proc/1")),
        "needs Linux with setsid");
  }

  @BeforeEach
  void aVictim() throws IOException {
    victim = new ProcessBuilder("sleep", "7200").start();
  }

  @AfterEach
  void nothingOutlivesTheTest() throws Exception {
    for (SimpleHands.Fuse fuse : SimpleHands.fuses(root)) {
      ProcessHandle.of(fuse.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    victim.destroyForcibly().waitFor();
  }

  /** A freeze and a custom fault, side by side, for a moment. */
  static LoadedExperiment experiment(Path root) {
    String spec =
        """
        {"gates": [{"name": "ok", "command": ["true"], "equals": 0}],
         "faults": [
           {"freeze": {}, "target": {"process": "victim"}, "for": "60ms"},
           {"custom": {"do": ["touch", "FLAG"], "undo": ["rm", "-f", "FLAG"],
                       "verify": ["test", "-e", "FLAG"]}, "for": "60ms"}],
         "baseline": "200ms", "recovery": {"within": "5s"}}
        """
            .replace("FLAG", root.resolve("flag").toString());
    return new LoadedExperiment(
        "crash",
        Codec.json().readValue(spec, ExperimentSpec.class),
        "here",
        new EnvironmentSpec(
            new Local(Map.of()),
            Optional.of(
                PrometheusEndpoint.at("http://127.0.0.1:1")
                    .every(Optional.of(Duration.ofMillis(10)), Optional.empty())),
            Optional.empty(),
            Map.of()),
        "crash.yaml",
        root);
  }

  @Test
  void aRunThatIsKilledSomewhereLeavesNothing() throws Exception {
    killAtEvery(STRIDE, 0);
  }

  /** Each share has a folder and a victim of its own, so that they keep two processors busy. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Execution(ExecutionMode.CONCURRENT)
  @Tag("slow")
  void aRunThatIsKilledAnywhereLeavesNothing(int share) throws Exception {
    killAtEvery(SHARES, share);
  }

  /** A lie about the undo is what the probe is for. */
  @Test
  void anUndoThatDoesNothingIsCaughtByTheProbe() throws Exception {
    killWhileBroken();
    List<String> left = residue();
    Engine liar = new Engine(means(run -> new Liar(hands(run))));
    assertThat(liar.undo(Optional.empty(), _ -> {}))
        .singleElement()
        .extracting(result -> result.verdict().outcome())
        .isEqualTo(Outcome.HALTED);
    assertThat(residue()).isEqualTo(left);
  }

  @Test
  void aDamagedJournalSendsTheUndoToTheMarksInTheWorld() throws Exception {
    killWhileBroken();
    Engine engine = new Engine(means(this::hands));
    RunFolder run = engine.store().all().getFirst();
    String text = Files.readString(run.journal());
    int at = text.indexOf("stepIntended");
    Files.writeString(run.journal(), text.substring(0, at) + "X" + text.substring(at + 1));
    assertThat(run.read().whole()).isFalse();
    List<Result> undone = engine.undo(Optional.empty(), _ -> {});
    assertThat(undone)
        .singleElement()
        .extracting(r -> r.verdict().outcome())
        .isEqualTo(Outcome.HALTED);
    assertThat(residue()).isEmpty();
    assertThat(engine.undo(Optional.empty(), _ -> {})).isEmpty();
  }

  private void killWhileBroken() throws Exception {
    for (int at = 60; residue().size() < 3; at += 3) {
      assertThat(at).as("something is in force at some point").isLessThan(200);
      new Engine(means(this::hands)).undo(Optional.empty(), _ -> {});
      assertThat(residue()).isEmpty();
      forget();
      assertThat(child(at).waitFor()).isEqualTo(137);
    }
  }

  private void forget() throws IOException {
    if (Files.exists(root.resolve("state"))) {
      try (Stream<Path> old = Files.walk(root.resolve("state"))) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private Habitat hands(RunFolder run) {
    return new SimpleHands(root, run.id(), victim.pid(), () -> {});
  }

  private Means means(Function<RunFolder, Habitat> hands) {
    return new Means(
        new RunStore(root.resolve("state")),
        (_, _, run, _, _) -> hands.apply(run),
        Clock.system(),
        Courses.EXPERIMENTS,
        Executors::newVirtualThreadPerTaskExecutor,
        "host",
        "version");
  }

  /** Does nothing, and says that all is well. */
  private record Liar(Habitat hands) implements Habitat {
    @Override
    public Facts facts(Target target) {
      return hands.facts(target);
    }

    @Override
    public Effect apply(Action action) {
      return new Effect.Done("so it says");
    }

    @Override
    public Answer ask(Query query) {
      return switch (query) {
        case Query.ProcessStatus _ -> new Answer.ProcessIs(ProcessState.RUNNING);
        case Query.FuseStatus _ -> new Answer.FuseIs(false);
        case Query.CommandStatus _ -> new Answer.Exited(1, "");
        default -> hands.ask(query);
      };
    }

    @Override
    public boolean startsWithRun() {
      return false;
    }

    @Override
    public void prepare() {}

    @Override
    public void close() {}
  }

  private void killAtEvery(int stride, int first) throws Exception {
    long began = System.nanoTime();
    int points = 0;
    int dirty = 0;
    boolean killed = true;
    for (int at = first; killed; at += stride) {
      assertThat(at).as("the run comes to an end").isLessThan(1000);
      Process child = child(at);
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      killed = child.waitFor() == 137;
      assertThat(killed || said.strip().equals("PASSED")).as("point %d: %s", at, said).isTrue();
      dirty += residue().isEmpty() ? 0 : 1;
      cleanUp(at, points % 2 == 1);
      points++;
    }
    System.out.printf(
        "%d crash points, %d of them with something in force, %d s%n",
        points, dirty, (System.nanoTime() - began) / 1_000_000_000);
    assertThat(dirty).as("points at which something was in force").isGreaterThan(points / 4);
  }

  private void cleanUp(int at, boolean byANewRun) throws Exception {
    Engine engine = CrashingRun.engine(root, victim.pid(), () -> {});
    if (byANewRun) {
      Result next = engine.run(experiment(root), new Options(false, Optional.empty(), 1), _ -> {});
      assertThat(next.verdict().outcome())
          .as("after point %d: %s", at, next.verdict())
          .isEqualTo(Outcome.PASSED);
    } else {
      List<Result> undone = engine.undo(Optional.empty(), _ -> {});
      assertThat(undone).hasSizeLessThan(2);
      undone.forEach(
          result ->
              assertThat(result.verdict().outcome())
                  .as("point %d: %s", at, result.verdict())
                  .isEqualTo(Outcome.HALTED));
    }
    assertThat(residue()).as("after point %d", at).isEmpty();
    assertThat(engine.undo(Optional.empty(), _ -> {})).as("nothing is left to undo").isEmpty();
  }

  private Process child(int at) throws IOException {
    List<String> arguments =
        List.of(root.toString(), String.valueOf(victim.pid()), String.valueOf(at));
    return crashing.with(arguments).redirectErrorStream(true).start();
  }

  /** What a person would find who looks for what Faultline left. */
  private List<String> residue() {
    List<String> left = new ArrayList<>();
    if (SimpleHands.state(victim.pid()) != ProcessState.RUNNING) {
      left.add("the victim is " + SimpleHands.state(victim.pid()));
    }
    if (Files.exists(root.resolve("flag"))) {
      left.add("the flag is there");
    }
    SimpleHands.fuses(root).forEach(fuse -> left.add(fuse.toString()));
    return left;
  }
}
