package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.environment.Await;
import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabNotReadyTest {

  private final Told told = new Told();

  @TempDir private Path folder;

  /** Without any close: a lab that fails to start cleans up behind itself. */
  @AfterEach
  void nothing_is_left() {
    assertThat(processesMentioning(folder)).isEmpty();
    assertThat(folder.resolve("run").resolve("lab")).doesNotExist();
  }

  private LabHabitat habitat(Lab lab) {
    return new LabHabitat(lab, List.of(), Wiring.NONE, place(folder), told::accept);
  }

  private String refusal(Lab lab) {
    return message(catchThrowableOfType(NotReady.class, () -> habitat(lab).prepare()));
  }

  private static String message(NotReady refusal) {
    return Optional.ofNullable(refusal.getMessage()).orElseThrow();
  }

  @Test
  void a_process_that_never_becomes_healthy_is_named_with_its_log_within_its_time() {
    long began = System.nanoTime();

    assertThat(refusal(lab(tiny("web", "sick").healthy(Duration.ofSeconds(2)), tiny("store"))))
        .startsWith("web is not healthy after 2 s at http://127.0.0.1:")
        .contains("/health: answered 503; correct 'health', or allow more time with 'within'")
        .contains("the last it printed:\n  serving on ");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void a_process_that_ends_is_named_at_once_with_what_it_printed() {
    assertThat(
            refusal(
                lab(
                    tiny("web", "sick"),
                    tiny("store").command("sh", "-c", "echo no disk >&2; exit 3"))))
        .isEqualTo(
            "store ended (exit code 3) while the lab was starting; the last it printed:\n"
                + "  no disk");
  }

  @Test
  void a_process_without_health_check_that_ends_with_an_error_is_noticed() {
    assertThat(refusal(lab(tiny("web"), tiny("job").unchecked().command("false"))))
        .isEqualTo("job ended (exit code 1) while the lab was starting; it printed nothing");
  }

  @Test
  void a_program_that_is_not_there_is_named() {
    assertThat(refusal(lab(tiny("web").command("no-such-program"))))
        .isEqualTo("web cannot be started: no executable program 'no-such-program'");
  }

  @Test
  void a_fixed_port_that_is_taken_is_named_with_its_holder() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusal(lab(tiny("web").port(holder.getLocalPort()))))
          .isEqualTo(
              "port %d, wanted for web.http, is taken by java (pid %d): end what holds it, or write auto"
                  .formatted(holder.getLocalPort(), ProcessHandle.current().pid()));
    }
  }

  @Test
  void a_port_that_two_processes_want_is_refused() {
    assertThat(refusal(lab(tiny("web").port(18_473), tiny("store").port(18_473))))
        .isEqualTo(
            "port 18473 is both store.http and web.http: give one of them another number, or auto");
  }

  @Test
  void an_unknown_placeholder_is_answered_with_the_known_ones() {
    assertThat(refusal(lab(tiny("web").command("echo", "${wbe.http}"))))
        .isEqualTo(
            "process 'web': unknown placeholder ${wbe.http}, did you mean ${web.http}?; known: "
                + "${dir}, ${java}, ${lab}, ${prometheus.http}, ${web.http}");
  }

  @Test
  void processes_that_need_each_other_in_a_circle_are_named() {
    assertThat(
            refusal(
                lab(tiny("a").needs("b"), tiny("b").needs("c"), tiny("c").needs("b"), tiny("d"))))
        .isEqualTo(
            "processes need each other in a circle: b → c → b; take one of these out of 'needs'");
  }

  @Test
  void metrics_that_cannot_be_read_are_named_with_the_words_of_prometheus() {
    assertThat(refusal(lab(tiny("web", "mute").measured())))
        .startsWith("Prometheus cannot read the metrics of web at http://127.0.0.1:")
        .contains("server returned HTTP status 404")
        .endsWith("correct 'metrics' of that process");
  }

  @Test
  void an_interrupted_start_leaves_nothing_and_stays_interrupted() throws Exception {
    AtomicReference<String> outcome = new AtomicReference<>("");
    Thread starting =
        Thread.ofPlatform()
            .start(
                () -> {
                  String refusal = refusal(lab(tiny("web"), tiny("slow", "sick")));
                  outcome.set(refusal + ", " + Thread.currentThread().isInterrupted());
                });
    Await.until("half way", () -> !told.words(Kind.PROGRESS).isEmpty());

    starting.interrupt();

    assertThat(starting.join(Duration.ofSeconds(10))).isTrue();
    assertThat(outcome).hasValue("interrupted while the lab was starting, true");
  }

  @Test
  void closing_a_lab_ends_its_start_in_another_thread() throws Exception {
    assertThat(outcomeWhenClosedAfter("web ready", lab(tiny("web"), tiny("slow", "sick"))))
        .isEqualTo("the lab was closed while it was starting");
  }

  @Test
  void closing_a_lab_ends_its_wait_for_metrics_in_another_thread() throws Exception {
    assertThat(outcomeWhenClosedAfter("prometheus ready", lab(tiny("web", "mute").measured())))
        .isEqualTo("the lab was closed while it was starting");
  }

  private String outcomeWhenClosedAfter(String progress, Lab lab) throws Exception {
    AtomicReference<String> outcome = new AtomicReference<>("");
    try (LabHabitat habitat = habitat(lab)) {
      Thread starting =
          Thread.ofPlatform()
              .start(
                  () ->
                      outcome.set(message(catchThrowableOfType(NotReady.class, habitat::prepare))));
      Await.until(
          progress,
          () -> told.words(Kind.PROGRESS).stream().anyMatch(words -> words.startsWith(progress)));

      closeNow(habitat);

      assertThat(processesMentioning(folder)).isEmpty();
      assertThat(starting.join(Duration.ofSeconds(5))).isTrue();
    }
    return outcome.get();
  }

  private static void closeNow(LabHabitat habitat) {
    habitat.close();
  }
}
