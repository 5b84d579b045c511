package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chat reads of a game day, from its file to the wire. */
final class GameDayNewsTest {

  private static final Instant DUE = Instant.parse("2026-06-01T10:00:00Z");

  @TempDir private Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Note> here = new ArrayList<>();

  @Test
  void aChatReadsWhatIsToComeWhatBeginsWhatWasHaltedAndWhatItCameTo() throws Exception {
    HttpServer chat =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    chat.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    chat.start();
    try (Messenger messenger = new Messenger(InstantSource.fixed(DUE), heard::add)) {
      Optional<Day> day = Optional.of(day(chat.getAddress().getPort()));
      GameDayNews news = new GameDayNews(teller(), messenger);
      for (Note note : notes()) {
        news.tell(note, day);
      }
      news.tell(notes().getLast(), Optional.empty());
    }
    chat.stop(0);

    assertThat(here).hasSize(notes().size() + 1);
    assertThat(heard)
        .containsExactly(
            "{\"text\":\"Game day one begins at 2026-06-01T10:00:30Z: run.yaml.\"}",
            "{\"text\":\"Game day one begins: a-1, a-2.\"}",
            "{\"text\":\"Run a-2 of game day one: halted, it had died, and was undone.\"}",
            "{\"text\":\"Game day one is over: halted.\"}");
  }

  private static List<Note> notes() {
    return List.of(
        new Note.Followed("one", "abc", DUE),
        new Note.Announced("one", DUE, DUE.plusSeconds(30), DUE.minusSeconds(900)),
        new Note.Dropped("one", DUE.minusSeconds(9), "missed", DUE),
        new Note.Begun("one", DUE, List.of("a-1", "a-2"), DUE),
        new Note.Ended("one", DUE, "a-1", 0, "", DUE),
        new Note.Ended("one", DUE, "a-2", 6, "it had died, and was undone", DUE),
        new Note.Closed("one", DUE, 6, DUE));
  }

  private Day day(int port) throws Exception {
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: run}
        spec:
          hypothesis: nothing happens
          environment: {local: {processes: {web: {pidFile: x.pid}}}}
          faults: [{kill: {}, target: {process: web}}]
          gates: [{name: up, prometheus: up, above: 0}]
        """);
    Path file = folder.resolve("one.yaml");
    Files.writeString(
        file,
        """
        apiVersion: faultline.dev/v1
        kind: GameDay
        metadata: {name: one}
        spec:
          schedule: {cron: "0 10 * * *", zone: UTC}
          runs: [run.yaml]
          notify: {before: 15m, to: [{slack: {url: "http://127.0.0.1:%d/"}}]}
        """
            .formatted(port));
    return new Days(new Loader()).load(file.toString()).getFirst();
  }

  private Parts.Teller teller() {
    return new Parts.Teller() {
      @Override
      public void tell(Note note, Optional<Day> day) {
        here.add(note);
      }

      @Override
      public void refused(InvalidFile why) {
        throw new AssertionError(why);
      }
    };
  }
}
