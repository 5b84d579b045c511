package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.examples.shop.Await;
import dev.faultline.examples.shop.RealPostgres;
import dev.faultline.gameday.course.Book.Resolved;
import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.daemon.Post;
import dev.faultline.gameday.shared.Member;
import dev.faultline.gameday.shared.SharedStore;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreChronicle;
import dev.faultline.gameday.shared.StoreRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedulers of one process on a real PostgreSQL: who claims what, and who has a say. */
final class SharedStoreTest {

  private static final Instant DUE = Instant.parse("2026-06-01T10:00:00.123456789Z");

  @TempDir private static Path folder;
  private static RealPostgres postgres;
  private static int schemas;

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final List<SharedStore> open = new ArrayList<>();
  private String schema = "";

  @BeforeAll
  static void startDatabase() throws Exception {
    postgres = RealPostgres.in(folder);
    postgres.start();
  }

  @AfterAll
  static void endDatabase() {
    postgres.close();
  }

  @BeforeEach
  void another() {
    schemas++;
    schema = "store_" + schemas;
  }

  @AfterEach
  void close() {
    open.forEach(SharedStore::close);
  }

  private String url(String user) {
    return postgres.url() + "?user=%s&currentSchema=%s".formatted(user, schema);
  }

  private SharedStore open(String host, InstantSource clock) throws StoreRefused {
    SharedStore store =
        SharedStore.open(
            StoreAddress.of(url(RealPostgres.USER)),
            () -> Optional.of(RealPostgres.PASSWORD),
            new SharedStore.User(
                Member.starting(host, "/state", host, true),
                Duration.ofSeconds(1),
                clock,
                said::add,
                Optional::empty));
    synchronized (open) {
      open.add(store);
    }
    return store;
  }

  private SharedStore open(String host) throws StoreRefused {
    return open(host, InstantSource.system());
  }

  private long count(String rows) throws Exception {
    return postgres.number("SELECT count(*) FROM %s.%s".formatted(schema, rows));
  }

  /** Begins what is planned, where nothing is on and it is not decided. */
  private static Resolved begin(SharedStore store, String day, Instant planned) throws Exception {
    return store
        .book()
        .decide(
            day,
            past ->
                past.open(day).isPresent() || past.decided(day).filter(planned::isAfter).isEmpty()
                    ? Resolved.nothing()
                    : new Resolved(
                        List.of(
                            new Note.Begun(
                                day, planned, List.of(planned + "-" + day), Instant.now())),
                        Optional.empty()));
  }

  private static void end(SharedStore store, Note.Begun begun) {
    String run = begun.runs().getFirst();
    store.book().keep(new Note.Ended(begun.gameDay(), begun.planned(), run, 0, "", Instant.now()));
    store.book().keep(new Note.Closed(begun.gameDay(), begun.planned(), 0, Instant.now()));
  }

  @Test
  void threeThatStartAtOnceMakeTheTablesOnceAndEachFiringIsOneSchedulers() throws Exception {
    List<CompletableFuture<Integer>> begun = new ArrayList<>();
    long began;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<SharedStore>> stores =
          IntStream.range(0, 3)
              .mapToObj(
                  host ->
                      CompletableFuture.supplyAsync(
                          () -> unchecked(() -> open("h" + host)), threads))
              .toList();
      for (CompletableFuture<SharedStore> store : stores) {
        for (String day : List.of("a", "b", "c", "d")) {
          store.get().book().follow(day, "1:1", DUE);
        }
      }
      began = System.nanoTime();
      for (CompletableFuture<SharedStore> store : stores) {
        begun.add(CompletableFuture.supplyAsync(() -> unchecked(() -> race(store.get())), threads));
      }
      CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)).join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;

    assertThat(begun.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(60);
    assertThat(count("firing WHERE exit = 0")).isEqualTo(60);
    assertThat(count("run WHERE exit = 0")).isEqualTo(60);
    assertThat(count("version")).isEqualTo(1);
    System.out.printf("claimed by three schedulers: %.0f firings per second%n", 60 / seconds);
  }

  /** All that is due of four game days, as fast as it can be begun and ended. */
  private static int race(SharedStore store) throws Exception {
    int mine = 0;
    for (int number = 1; number <= 15; number++) {
      Instant planned = DUE.plusSeconds(number);
      for (String day : List.of("a", "b", "c", "d")) {
        boolean done = false;
        while (!done) {
          boolean[] decided = new boolean[1];
          Resolved resolved =
              store
                  .book()
                  .decide(
                      day,
                      past -> {
                        boolean on = past.open(day).isPresent();
                        decided[0] =
                            past.decided(day).filter(at -> !at.isBefore(planned)).isPresent();
                        return on || decided[0]
                            ? asked(day)
                            : new Resolved(
                                List.of(
                                    new Note.Begun(
                                        day, planned, List.of(planned + "-" + day), Instant.now())),
                                Optional.empty());
                      });
          for (Note note : resolved.notes()) {
            if (note instanceof Note.Begun begun) {
              end(store, begun);
              mine++;
            }
          }
          done = decided[0] || mine(resolved);
        }
      }
    }
    return mine;
  }

  private static boolean mine(Resolved resolved) {
    return resolved.notes().stream().anyMatch(Note.Begun.class::isInstance);
  }

  /** Asks the tables, and not what was seen of them last. */
  private static Resolved asked(String day) {
    return new Resolved(List.of(new Note.Announced(day, DUE, DUE, DUE)), Optional.empty());
  }

  private interface Work<T> {
    T done() throws Exception;
  }

  private static <T> T unchecked(Work<T> work) {
    try {
      return work.done();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void whoIsTakenForDeadBeginsNothingMoreAndAnotherHasItsFirings() throws Exception {
    SharedStore silent = open("silent");
    silent.book().follow("day", "1:1", DUE);
    Note.Begun begun = (Note.Begun) begin(silent, "day", DUE.plusSeconds(1)).notes().getFirst();
    SharedStore other = open("other");
    other.begin(new Post());
    other.book().follow("day", "1:1", DUE);

    Await.until("it is taken for dead", () -> count("firing WHERE scheduler LIKE 'other-%'") == 1);

    assertThatThrownBy(() -> silent.book().follow("another", "1:1", DUE))
        .isInstanceOf(OutOfReach.class);
    end(silent, begun);
    assertThat(count("firing WHERE closed IS NOT NULL")).isZero();
    assertThat(said).anyMatch(words -> words.contains("recorded by another scheduler as halted"));
    end(other, begun);
    assertThat(count("firing WHERE closed IS NOT NULL AND exit = 0")).isEqualTo(1);
    assertThat(mine(begin(other, "day", DUE.plusSeconds(2)))).isTrue();
  }

  @Test
  void onlyWhoHasWhatAllFollowBeginsIt() throws Exception {
    SharedStore one = open("one");
    SharedStore two = open("two");
    one.book().follow("day", "1:1", DUE);
    assertThat(two.book().follow("day", "1:2", DUE)).isEmpty();
    assertThat(two.book().follow("day", "1:2", DUE)).isEmpty();
    assertThat(said).anyMatch(words -> words.startsWith("day: its files here differ"));
    Note.Begun byHand =
        new Note.Begun("day", DUE.plusSeconds(9), List.of("by-hand"), Instant.now());
    assertThat(two.book().claim(byHand, "1:2"))
        .isInstanceOfSatisfying(
            Claim.Refused.class, refused -> assertThat(refused.why()).contains("differ"));

    assertThat(one.book().follow("day", "1:2", DUE.plusSeconds(5))).hasSize(1);
    assertThat(two.book().follow("day", "1:2", DUE)).hasSize(1);
    assertThat(two.book().follow("day", "1:2", DUE)).as("told once").isEmpty();

    assertThat(two.book().claim(byHand, "1:2")).isEqualTo(new Claim.Mine());
    assertThat(two.book().claim(byHand, "1:2")).as("his already").isEqualTo(new Claim.Mine());
    assertThat(one.book().claim(byHand, "1:2"))
        .isInstanceOfSatisfying(
            Claim.On.class, on -> assertThat(on.why()).contains("it is on since", "begun by two-"));
    end(two, byHand);
    assertThat(mine(begin(one, "day", DUE.plusSeconds(1)))).as("no time is forgotten").isTrue();
    assertThat(one.book().followOnly(Set.of(), DUE)).hasSize(1);
    assertThat(count("game_day WHERE digest IS NOT NULL")).isEqualTo(1);
    assertThat(two.book().followOnly(Set.of(), DUE)).hasSize(1);
    assertThat(count("game_day WHERE digest IS NOT NULL")).isZero();
  }

  /** By hand, as nobody waits for ninety days: {@code number} firings that ended so long ago. */
  private void past(String day, int number, String age) throws Exception {
    postgres.execute(
        """
        SET search_path = %1$s;
        INSERT INTO firing SELECT '%2$s', to_char(timestamp '2020-01-01' + n * interval '1 minute',
            'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'gone', 'gone', 'h', '/state', 'm',
            '2020-01-01T00:00:00Z', now() - interval '%4$s', 0
          FROM generate_series(1, %3$d) n;
        INSERT INTO run SELECT planned || '-%2$s', game_day, planned, 0, closed, 0, ''
          FROM firing WHERE game_day = '%2$s';
        INSERT INTO dropped SELECT game_day, planned, 'frozen', closed
          FROM firing WHERE game_day = '%2$s'"""
            .formatted(schema, day, number, age));
  }

  @Test
  void whatEndedLongAgoGoesWhoeverRemovesItAndNothingRunsTwice() throws Exception {
    SharedStore first = open("first");
    first.book().follow("often", "1:1", DUE);
    past("often", 1500, "91 days");
    past("seldom", 25, "91 days");
    past("lately", 25, "89 days");
    Note.Begun on = (Note.Begun) begin(first, "often", DUE.plusSeconds(1)).notes().getFirst();

    for (SharedStore store : List.of(first, open("second"), open("third"))) {
      store.begin(new Post());
    }

    Await.until("all of it is gone", () -> count("firing WHERE game_day = 'often'") == 20);
    Await.until("what was dropped, too", () -> count("dropped") == 25);
    assertThat(count("firing WHERE game_day = 'seldom'")).isEqualTo(20);
    assertThat(count("firing WHERE game_day = 'lately'")).isEqualTo(25);
    assertThat(count("run")).as("each with its runs").isEqualTo(65);
    assertThat(count("firing WHERE game_day = 'often' AND closed IS NULL")).isEqualTo(1);
    end(first, on);
    assertThat(mine(begin(first, "often", Instant.parse("2020-01-01T00:01:00Z")))).isFalse();
    assertThat(said).noneMatch(words -> words.contains("could not be removed"));
  }

  @Test
  void whoMayOnlyReadSeesWhatAllOfThemDid() throws Exception {
    postgres.execute("CREATE ROLE watcher LOGIN PASSWORD '%s'".formatted(RealPostgres.PASSWORD));
    Chronicle chronicle = chronicle(url("watcher"));
    assertThatThrownBy(() -> chronicle.newest(9)).hasMessageContaining("no scheduler has used");
    SharedStore store = open("one");
    assertThatThrownBy(() -> chronicle.newest(9)).hasMessageContaining("may not read");
    postgres.execute(
        "GRANT USAGE ON SCHEMA %1$s TO watcher; GRANT SELECT ON ALL TABLES IN SCHEMA %1$s TO watcher"
            .formatted(schema));
    assertThat(chronicle.newest(9)).isEmpty();

    store.book().follow("day", "1:1", DUE);
    end(store, (Note.Begun) begin(store, "day", DUE.plusSeconds(1)).notes().getFirst());
    Note.Begun on = (Note.Begun) begin(store, "day", DUE.plusSeconds(2)).notes().getFirst();
    past("before", 1, "1 day");

    List<Note> newest = chronicle.newest(4);
    assertThat(newest)
        .extracting(Note::getClass)
        .containsExactly(Note.Begun.class, Note.Closed.class, Note.Ended.class, Note.Begun.class);
    assertThat(newest.getFirst()).isEqualTo(on);
    assertThat(chronicle.newest(9))
        .hasSize(8)
        .filteredOn(Note.Dropped.class::isInstance)
        .hasSize(1);
    String nowhere = url("watcher").replaceFirst("127.0.0.1:\\d+", "127.0.0.1:1");
    assertThatThrownBy(() -> chronicle(nowhere).newest(9))
        .isInstanceOf(OutOfReach.class)
        .hasMessageContaining("the store postgresql://127.0.0.1:1/postgres is out of reach")
        .hasMessageNotContaining(RealPostgres.PASSWORD);
  }

  private static Chronicle chronicle(String url) throws StoreRefused {
    return new StoreChronicle(StoreAddress.of(url), () -> Optional.of(RealPostgres.PASSWORD));
  }

  @Test
  void whoseClockDiffersIsRefused() {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(30));

    assertThatThrownBy(() -> open("ahead", ahead))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("ms ahead of that of the database");
  }
}
