package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that was read and agreed to is what is run, or nothing is. */
final class PlansTest {

  @TempDir private Path temp;
  private Cli cli;
  private Path plan;

  @BeforeEach
  void open() {
    cli = new Cli(temp);
    plan = temp.resolve("plan.json");
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void an_agreed_plan_is_run_with_its_seed_and_told_as_json() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));
    Ended planned = cli.run("plan", file, "--seed", "7", "-o", plan.toString());
    assertThat(planned.exit()).as(planned.err()).isEqualTo(0);
    assertThat(planned.err()).isEqualTo("The plan is in %s%n".formatted(plan));

    Ended run = cli.run("run", file, "--plan", plan.toString(), "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(0);
    List<Entry> entries =
        run.out().lines().map(line -> Codec.json().readValue(line, Entry.class)).toList();
    assertThat(entries.getFirst().event()).isInstanceOf(Event.RunStarted.class);
    assertThat(entries.getLast().event()).isInstanceOf(Event.Concluded.class);
    assertThat(entries).extracting(Entry::number).isSorted().doesNotHaveDuplicates();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void a_plan_that_drifted_is_refused_and_nothing_is_started() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));
    assertThat(cli.run("plan", file, "-o", plan.toString()).exit()).isEqualTo(0);
    cli.file("tiny.yaml", Tiny.lab("tiny", 90));

    Ended run = cli.run("run", file, "--plan", plan.toString());

    assertThat(run.exit()).isEqualTo(3);
    assertThat(words(run.err()))
        .contains("the plan has drifted")
        .contains("no longer: fault freeze-idle freeze at idle, at once, for 1s")
        .contains("new: fault freeze-idle freeze at idle, at once, for 1m 30s");
    assertThat(cli.runs()).isEmpty();
  }

  @Test
  void a_change_that_a_plan_does_not_show_is_drift_too() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));
    assertThat(cli.run("plan", file, "-o", plan.toString()).exit()).isEqualTo(0);
    Files.writeString(Path.of(file), Tiny.lab("tiny", 1).replace("\"1000\"", "\"1001\""));

    Ended run = cli.run("run", file, "--plan", plan.toString());

    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    assertThat(words(run.err())).contains("drifted", "in what a plan does not show");
  }

  @Test
  void what_is_no_plan_is_refused() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));
    for (String rubbish : List.of("", "no plan", "{\"experiment\": \"tiny\"}", "[]", "null")) {
      Files.writeString(plan, rubbish);

      Ended run = cli.run("run", file, "--plan", plan.toString());

      assertThat(run.exit()).as(rubbish + ": " + run.err()).isEqualTo(2);
      assertThat(words(run.err()))
          .contains("error: " + plan + " is not a plan of this Faultline")
          .contains("fix: make one with 'faultline plan FILE -o PLAN'");
    }
    assertThat(cli.run("run", file, "--plan", temp + "/none").err()).contains("no such file");
    assertThat(cli.runs()).isEmpty();
  }

  /** Without the ends of lines, which depend on the length of paths. */
  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
