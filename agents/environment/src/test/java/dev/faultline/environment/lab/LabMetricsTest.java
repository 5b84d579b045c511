package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.instance;
import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.world.Action.RunCommand;
import dev.faultline.model.world.Action.SendSignal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.Query.PromInstant;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab of four and its Prometheus, as an experiment meets them. */
class LabMetricsTest {

  private final Told told = new Told();

  @TempDir private Path folder;

  @AfterEach
  void nothing_is_left() {
    assertThat(processesMentioning(folder)).isEmpty();
    assertThat(folder.resolve("run").resolve("lab")).doesNotExist();
  }

  @Test
  void a_lab_of_four_is_ready_and_measured_within_fifteen_seconds() throws Exception {
    provision();
    long began = System.nanoTime();
    try (LabHabitat habitat =
        new LabHabitat(
            lab(
                tiny("gateway").measured().needs("orders"),
                tiny("orders").measured().needs("payments", "inventory"),
                tiny("payments").measured(),
                tiny("inventory").measured()),
            List.of(),
            Wiring.NONE,
            place(folder),
            told::accept)) {
      habitat.prepare();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      assertThat(told.words(Kind.PROGRESS))
          .anyMatch(words -> words.startsWith("prometheus ready in "))
          .last()
          .asString()
          .startsWith("metrics of 4 processes read in ");
      the_labels_are_those_that_people_ask_for(habitat);
      commands_may_speak_of_ports(habitat);
      the_end_of_prometheus_is_noticed(habitat);
    }
  }

  /** Fetching the program happens once in a life and does not count. */
  private void provision() throws Exception {
    try (LabHabitat one =
        new LabHabitat(
            lab(tiny("a").measured()), List.of(), Wiring.NONE, place(folder), told::accept)) {
      one.prepare();
    }
  }

  private static void the_labels_are_those_that_people_ask_for(LabHabitat habitat) {
    assertThat(value(habitat, "count(count_over_time(up[1m]) >= 2)")).isEqualTo(4);
    assertThat(value(habitat, "min(min_over_time(up[1m]))")).isEqualTo(1);
    assertThat(value(habitat, "up{job=\"gateway\"}")).isEqualTo(1);
    assertThat(value(habitat, "http_requests_total{service=\"shown\",job=\"gateway\"}"))
        .isEqualTo(7);
    assertThat(value(habitat, "plain_total{service=\"gateway\"}")).isEqualTo(1);
  }

  private static void commands_may_speak_of_ports(LabHabitat habitat) {
    Duration bound = Duration.ofSeconds(5);
    assertThat(habitat.apply(new RunCommand(List.of("test", "${gateway.http}", "-gt", "0"), bound)))
        .isInstanceOf(Effect.Done.class);
    assertThat(habitat.apply(new RunCommand(List.of("echo", "${gatewya.http}"), bound)))
        .isInstanceOfSatisfying(
            Effect.Failed.class,
            failed -> assertThat(failed.detail()).contains("did you mean ${gateway.http}?"));
  }

  private void the_end_of_prometheus_is_noticed(LabHabitat habitat) throws Exception {
    Effect effect =
        habitat.apply(
            new SendSignal(
                instance(habitat, "prometheus").process().orElseThrow(), ProcessSignal.KILL));

    assertThat(effect).isInstanceOf(Effect.Done.class);
    Await.until("noticed", () -> !told.words(Kind.DETECTED).isEmpty());
    assertThat(told.words(Kind.DETECTED)).containsExactly("prometheus ended (SIGKILL)");
    assertThat(habitat.ask(new PromInstant("up"))).isInstanceOf(Answer.Unanswered.class);
  }

  private static double value(LabHabitat habitat, String expression) {
    Answer answer = habitat.ask(new PromInstant(expression));
    assertThat(answer).as(expression).isInstanceOf(Answer.Series.class);
    List<Answer.OneSeries> series = ((Answer.Series) answer).series();
    assertThat(series).as(expression).hasSize(1);
    return series.getFirst().samples().getLast().value();
  }
}
