package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import dev.faultline.examples.shop.RealPostgres;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.shared.Member;
import dev.faultline.gameday.shared.SharedStore;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several schedulers on one real PostgreSQL, which are killed, and which it is taken from. */
final class SharedScheduleTest {

  private static final String CHECK_IN = "--check-in=1s";

  @TempDir private static Path shared;
  private static RealPostgres postgres;
  private static int schemas;

  @TempDir private Path temp;
  private final List<Cli> machines = new ArrayList<>();
  private String schema = "";
  private Path days;

  @BeforeAll
  static void startDatabase() throws Exception {
    postgres = RealPostgres.in(shared);
    postgres.start();
  }

  @AfterAll
  static void endDatabase() {
    postgres.close();
  }

  @BeforeEach
  void open() throws IOException {
    schemas++;
    schema = "schedule_" + schemas;
    days = Files.createDirectory(temp.resolve("days"));
    for (int machine = 0; machine < 3; machine++) {
      machines.add(new Cli(Files.createDirectory(temp.resolve("machine-" + machine))));
    }
    Files.writeString(temp.resolve("long.yaml"), Tiny.lab("long", 600));
    Files.writeString(temp.resolve("short.yaml"), Tiny.lab("short", 1));
  }

  @AfterEach
  void close() {
    machines.forEach(Cli::close);
  }

  /** Has a game day followed that is due in a moment; in more of one where that came too late. */
  private void due(String name, int seconds, String run) throws Exception {
    for (int later = seconds; later < 200; later *= 2) {
      Instant at = Instant.now().plusSeconds(later).truncatedTo(ChronoUnit.SECONDS);
      write(name, at, run);
      awaitRows("game_day WHERE name = '%s' AND decided IS NOT NULL".formatted(name), 1);
      if (count("game_day WHERE name = '%s' AND decided <= '%s'".formatted(name, at)) == 1) {
        return;
      }
    }
    throw new AssertionError(name + " is not followed in time");
  }

  private void write(String name, Instant at, String run) throws IOException {
    Path whole =
        Files.writeString(
            temp.resolve(name + ".new"),
            """
            apiVersion: faultline.dev/v1
            kind: GameDay
            metadata: {name: %s}
            spec:
              schedule: {at: %s}
              window: {late: 10m}
              runs: [../%s.yaml]
            """
                .formatted(name, at, run));
    Files.move(whole, days.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String url() {
    return postgres.url() + "?currentSchema=%s&user=%s".formatted(schema, RealPostgres.USER);
  }

  private Running start(int machine, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("schedule", "start", days.toString(), "--store", url(), "--check-in", "2s"));
    words.addAll(List.of("--store-password-file", postgres.passwordFile().toString()));
    words.addAll(List.of(options));
    return machines.get(machine).start(words.toArray(String[]::new));
  }

  private List<Running> startThree() throws IOException {
    List<Running> all = List.of(start(0), start(1), start(2));
    for (Running one : all) {
      one.awaitErr("Following the game days");
    }
    return all;
  }

  private long count(String rows) throws SQLException {
    return postgres.number("SELECT count(*) FROM %s.%s".formatted(schema, rows));
  }

  private void awaitRows(String rows, int number) {
    Await.until("there are %d: %s".formatted(number, rows), () -> count(rows) == number);
  }

  /** Its one process is stopped; to ask the kernel costs less than to ask Faultline. */
  private static void awaitFrozen(Cli machine) {
    Await.until(
        "a fault is in force",
        () ->
            machine.marked().processes("sleep 1000").stream()
                .anyMatch(process -> Marked.state(process).equals("T")));
  }

  /** Which of them has begun it; no other has. */
  private static int who(List<Running> all, String gameDay) throws IOException {
    Await.until("somebody begins " + gameDay, () -> !beginners(all, gameDay).isEmpty());
    assertThat(beginners(all, gameDay)).hasSize(1);
    return beginners(all, gameDay).getFirst();
  }

  private static List<Integer> beginners(List<Running> all, String gameDay) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).out().contains(gameDay + ": begins")) {
        found.add(i);
      }
    }
    return found;
  }

  private void assertNoPassword() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8))
            .as(file.toString())
            .doesNotContain(RealPostgres.PASSWORD);
      }
    }
  }

  @Test
  void eachFiringIsOneSchedulersAlsoWhereThatOneOrTheDatabaseDies() throws Exception {
    List<Running> all = startThree();
    due("morning", 3, "long");
    int killed = who(all, "morning");
    awaitFrozen(machines.get(killed));

    all.get(killed).signal("KILL").end();
    long died = System.nanoTime();
    awaitRows("firing WHERE game_day = 'morning' AND exit = 6", 1);
    System.out.printf(
        "recorded %.1f s after its death, with check-ins each 2 s%n",
        (System.nanoTime() - died) / 1e9);

    assertThat(count("run WHERE exit = 6 AND id LIKE '%-morning-1'")).isEqualTo(1);
    assertThat(machines.get(killed).run("status").out()).contains("morning-1").contains("halted");
    assertThat(machines.get(killed).marked().processes()).isEmpty();
    List<Running> left = new ArrayList<>(all);
    left.remove(killed);
    assertThatAnOutageDoublesNothing(left, machines.get((killed + 1) % 3));
    for (Running one : left) {
      Ended ended = one.signal("TERM").end();
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("is back").doesNotContain("Exception");
    }
    assertThat(count("scheduler")).isZero();
    assertNoPassword();
  }

  private void assertThatAnOutageDoublesNothing(List<Running> left, Cli machine) throws Exception {
    due("evening", 5, "short");
    postgres.kill();
    for (Running one : left) {
      one.awaitErr("is out of reach");
    }
    assertThat(machine.run("halt").exit()).isZero();
    assertThat(machine.run("resume").exit()).isZero();
    postgres.start();
    awaitRows("firing WHERE game_day = 'evening' AND closed IS NOT NULL", 1);

    assertThat(count("firing")).isEqualTo(2);
    assertThat(count("run")).isEqualTo(2);
    long begun = 0;
    for (Cli each : machines) {
      begun += each.runs().size();
    }
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void aRunThatDiedWithItsSchedulerIsUndoneByAnother() throws Exception {
    Running first = start(0).awaitErr("Following the game days");
    due("morning", 3, "long");
    awaitFrozen(machines.getFirst());
    List<ProcessHandle> runs = first.process().children().toList();
    Running second = start(1).awaitErr("Following the game days");

    first.signal("STOP");
    runs.forEach(ProcessHandle::destroyForcibly);
    first.signal("KILL").end();
    awaitRows("run WHERE exit = 6 AND words = 'it had died, and was undone'", 1);

    assertThat(machines.get(0).run("status").out()).contains("halted").doesNotContain("open");
    assertThat(machines.get(0).marked().processes()).isEmpty();
    assertThat(second.err()).contains("is taken for dead");
    assertThat(second.signal("TERM").end().exit()).isZero();
    assertThat(count("firing")).isEqualTo(1);
  }

  @Test
  void aStopNeedsNoDatabaseAndItsNextStartTellsWhatCameOfIt() throws Exception {
    Running one = start(0).awaitErr("Following the game days");
    due("morning", 3, "long");
    awaitFrozen(machines.getFirst());
    postgres.kill();
    Ended stopped = one.signal("TERM").end();
    assertThat(stopped.exit()).as(stopped.err()).isZero();
    assertThat(stopped.err()).contains("does not know how what was on here has ended");
    assertThat(machines.getFirst().run("status").out()).contains("halted").doesNotContain("open");

    postgres.start();
    Running next = start(0).awaitErr("Following the game days");
    awaitRows("run WHERE exit = 6 AND words = 'it ended by itself'", 1);
    awaitRows("firing WHERE closed IS NOT NULL", 1);
    String[] now = {
      "schedule", "run-now", "morning", days.toString(), "--store", url(), "--check-in", "2s"
    };
    Ended again =
        machines
            .get(1)
            .start(
                Map.of("FAULTLINE_STORE_PASSWORD", RealPostgres.PASSWORD), Cli.command(quick(now)))
            .end();
    assertThat(again.exit()).as(again.err()).isEqualTo(5);
    assertThat(again.err()).contains("its files differ");
    assertThat(next.signal("TERM").end().exit()).isZero();
  }

  /** The same with a game day of another content, in a folder of its own. */
  private String[] quick(String... words) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("others"));
    String text = Files.readString(days.resolve("morning.yaml")).replace("long", "short");
    Files.writeString(folder.resolve("morning.yaml"), text);
    words[3] = folder.toString();
    return words;
  }

  @Test
  void whatIsBegunByHandWaitsForTheEndAndThePageShowsWhatIsOn() throws Exception {
    try (SharedStore other = other()) {
      write("morning", Instant.parse("2199-01-01T10:00:00Z"), "short");
      Path file = days.resolve("morning.yaml");
      Files.writeString(file, Files.readString(file) + "  concurrency: queue\n");
      Note.Begun on = new Note.Begun("morning", Instant.EPOCH, List.of("r-1"), Instant.now());
      assertThat(other.book().claim(on, "")).isEqualTo(new Claim.Mine());
      Running page = withStore(2, "serve", "--listen", "127.0.0.1:0");
      Running waits = withStore(0, "schedule", "run-now", "morning", days.toString(), CHECK_IN);
      Running halts = withStore(1, "schedule", "run-now", "morning", days.toString(), CHECK_IN);

      halts.awaitErr("waiting for its end").signal("INT");
      waits.awaitErr("waiting for its end");
      assertThat(halts.end().exit()).isEqualTo(6);
      awaitShown(page, "morning began r-1");
      assertThat(count("firing")).isEqualTo(1);

      other.book().keep(new Note.Ended("morning", on.planned(), "r-1", 0, "", Instant.now()));
      other.book().keep(new Note.Closed("morning", on.planned(), 0, Instant.now()));
      Ended ended = waits.end();
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.out()).contains("morning: begins", "morning: over, with 0");
      assertThat(ended.err()).containsOnlyOnce("waiting");
      assertThat(machines.get(1).runs()).isEmpty();
      awaitShown(page, "morning was over, with 0");
      assertThat(page.signal("TERM").end().exit()).isZero();
    }
    assertNoPassword();
  }

  private Running withStore(int machine, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--store", url(), "--store-password-file", postgres.passwordFile().toString()));
    return machines.get(machine).start(all.toArray(String[]::new));
  }

  /** A scheduler of this process that looks after nothing. */
  private SharedStore other() throws StoreRefused {
    return SharedStore.open(
        StoreAddress.of(url()),
        () -> Optional.of(RealPostgres.PASSWORD),
        new SharedStore.User(
            Member.starting("other", "/state", "other", false),
            Duration.ofSeconds(5),
            InstantSource.system(),
            _ -> {},
            Optional::empty));
  }

  private static void awaitShown(Running page, String words) throws Exception {
    String said = page.awaitErr("Serving at").err();
    URI calendar = URI.create(said.substring(said.indexOf("http://")).strip() + "calendar");
    try (HttpClient client = HttpClient.newHttpClient()) {
      Await.until(
          "the page shows " + words,
          () ->
              client
                  .send(
                      HttpRequest.newBuilder(calendar).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body()
                  .contains(words));
    }
  }

  @Test
  void whoMayNotOrCannotIsToldWhy() throws Exception {
    postgres.execute("CREATE ROLE guest LOGIN PASSWORD 'guest-word'");
    Path word = Files.writeString(temp.resolve("word"), "guest-word");
    String[] guest = {
      "schedule",
      "start",
      days.toString(),
      "--store",
      url().replace("user=" + RealPostgres.USER, "user=guest"),
      "--store-password-file",
      word.toString()
    };
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r--r--"));
    Ended open = machines.getFirst().run(guest);
    assertThat(open.exit()).isEqualTo(5);
    assertThat(open.err()).contains("chmod 600");
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
    Ended refused = machines.getFirst().run(guest);
    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.err())
        .contains("permission denied for database", "CREATE SCHEMA " + schema + " AUTHORIZATION");
    guest[4] = url() + "&password=guest-word";
    guest[5] = "--on-stop";
    guest[6] = "undo";
    Ended written = machines.getFirst().run(guest);
    assertThat(written.exit()).isEqualTo(2);
    assertThat(written.err()).contains("has a password in it").doesNotContain("guest-word");
  }
}
