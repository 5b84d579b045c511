package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Complaints;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** Whether a run is wanted as it would be: by a plan that was agreed to, or by a person's yes. */
final class Agreement {

  private static final int WIDE = 1000;
  private static final int LARGEST = 64 << 20;
  private static final String INCOMPLETE = "it lacks what every plan has";

  private final Console console;
  private final Engine engine;
  private final Set<Acceptance> accepted;

  Agreement(Console console, Engine engine, Set<Acceptance> accepted) {
    this.console = console;
    this.engine = engine;
    this.accepted = accepted;
  }

  /** Reads a plan that {@code faultline plan} wrote. */
  static Plan read(Path file) throws UsageError {
    byte[] json = bytes(file);
    try {
      Optional<Plan> plan = Optional.ofNullable(Codec.whole(Plan.class).readValue(json));
      return plan.orElseThrow(() -> noPlan(file, INCOMPLETE));
    } catch (JacksonException broken) {
      throw noPlan(file, reason(broken));
    }
  }

  private static byte[] bytes(Path file) throws UsageError {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] json = in.readNBytes(LARGEST + 1);
      if (json.length > LARGEST) {
        throw noPlan(file, "it is larger than 64 MiB");
      }
      return json;
    } catch (IOException unreadable) {
      throw noPlan(file, Failures.words(unreadable));
    }
  }

  private static String reason(JacksonException broken) {
    String place = Complaints.spell(Complaints.path(broken));
    String why = Complaints.isLack(broken) ? INCOMPLETE : broken.getOriginalMessage();
    return place.isEmpty() ? why : "%s (%s)".formatted(why, place);
  }

  private static UsageError noPlan(Path file, String why) {
    return new UsageError(
        file + " is not a plan of this Faultline",
        why,
        "make one with 'faultline plan FILE -o PLAN'");
  }

  /**
   * Compares before anything is started.
   *
   * @throws Unplannable when the plan is no longer what was agreed to
   */
  void require(Plan agreed, LoadedExperiment experiment) throws Unplannable {
    Plan now = engine.plan(experiment, agreed.seed(), accepted);
    if (agreed.hash().equals(now.hash())) {
      return;
    }
    throw new Unplannable(
        Outcome.REFUSED,
        "the plan has drifted: %s was agreed to, and now it would be %s. %s"
            .formatted(
                PlanView.brief(agreed), PlanView.brief(now), drift(agreed, now, experiment)));
  }

  private static String drift(Plan agreed, Plan now, LoadedExperiment experiment) {
    List<String> before = lines(agreed, experiment);
    List<String> after = lines(now, experiment);
    String differences =
        Stream.concat(
                before.stream().filter(line -> !after.contains(line)).map("no longer: "::concat),
                after.stream().filter(line -> !before.contains(line)).map("new: "::concat))
            .collect(Collectors.joining("; "));
    return differences.isEmpty()
        ? "The experiment or its environment differs in what a plan does not show"
        : differences;
  }

  /** All that a plan shows but its first line, which has the hash. */
  private static List<String> lines(Plan plan, LoadedExperiment experiment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, WIDE);
    new PlanView(page).print(plan, experiment);
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .toList();
  }

  /**
   * A lab is ours; whatever else is disturbed belongs to somebody, who is shown the plan and asked.
   *
   * @return the plan that was said yes to, or empty when there was nobody to ask or nothing to be
   *     asked
   * @throws Unplannable when there is no plan, or the answer is no
   */
  Optional<Plan> ask(LoadedExperiment experiment, long seed) throws Unplannable {
    boolean ours =
        experiment.environment().place() instanceof Lab
            && experiment.environment().databases().isEmpty();
    if (ours || !console.person()) {
      return Optional.empty();
    }
    Plan plan = engine.plan(experiment, seed, accepted);
    new PlanView(console.err()).print(plan, experiment);
    if (!console.agreed("Run %s?".formatted(experiment.name()))) {
      throw new Unplannable(Outcome.REFUSED, "the answer was no");
    }
    return Optional.of(plan);
  }
}
