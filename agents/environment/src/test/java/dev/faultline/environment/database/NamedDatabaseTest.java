package dev.faultline.environment.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.Await;
import dev.faultline.environment.database.named.NamedDatabase;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedDatabaseTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static PostgresNode node;

  @BeforeAll
  static void start() throws Exception {
    node = PostgresKit.in(folder).create("one", Shop.PASSWORD);
    node.run("shop", "create table orders (id int)");
    node.run("shop", "grant all on orders to faultline");
  }

  @AfterAll
  static void end() throws Exception {
    if (node != null) {
      node.end();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 7 | 7",
        "select 2.5::numeric; | 2.5",
        "select count(*) from orders | 0",
        "select 'NaN'::float8 | NaN",
        "select (select '{\"a\": 1}'::jsonb ? 'a')::int | 1"
      })
  void theOneNumberOfAStatementIsRead(String statement, double value) throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      assertThat(shop.select(statement, SHORT)).isEqualTo(new Answer.Numeric(value));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 where false | NO_DATA | no row",
        "select null::int | NO_DATA | null",
        "select generate_series(1, 1000000000) | AMBIGUOUS | several rows",
        "select 1, 2 | MALFORMED | 2 columns",
        "select 'seven' | MALFORMED | text",
        "selekt 1 | REFUSED | syntax error",
        "insert into orders values (1) | REFUSED | read-only",
        "select 1; commit; insert into orders values (1) | REFUSED | one statement",
        "commit | MALFORMED | selects nothing",
        "select pg_sleep(30)::text::int | TIMEOUT | no answer in time"
      })
  void whatGivesNoNumberSaysWhy(String statement, BlindReason reason, String words)
      throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      assertThat(shop.select(statement, SHORT))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              none -> {
                assertThat(none.reason()).isEqualTo(reason);
                assertThat(none.detail()).contains(words);
              });
      assertThat(node.select("shop", "select count(*) from orders")).isEqualTo("0");
    }
  }

  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsLeftInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Shop shop = new Shop(List.of(database("127.0.0.1:" + silent.getLocalPort(), "")))) {
      long began = System.nanoTime();
      assertThat(shop.select("select 1", SHORT).words()).containsAnyOf("timeout", "unreachable");
      assertThat(shop.open(1, 10)).contains("Failed");
      assertThat(shop.state().nodes().getFirst().role()).isEqualTo(NodeRole.UNREACHABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() throws Exception {
    String wrong = "wr0ng-but-secret";
    try (Shop shop = new Shop(List.of(database(node.address(), wrong)))) {
      String said =
          shop.open(1, 10)
              + shop.drop()
              + shop.table()
              + shop.state()
              + shop.select("select 1", SHORT);
      assertThat(said)
          .contains("password authentication failed for user \"faultline\"")
          .doesNotContain(wrong);
      assertThatThrownBy(() -> database(node.address(), wrong).connect(SHORT))
          .isInstanceOf(SQLException.class)
          .hasStackTraceContaining("faultline")
          .extracting(Object::toString)
          .asString()
          .doesNotContain(wrong);
    }
  }

  @Test
  void aPasswordThatOthersMayReadIsNotUsed() throws Exception {
    Path open = Files.writeString(folder.resolve("open-secret"), Shop.PASSWORD);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(said("open-secret")).contains("chmod 600 open-secret").doesNotContain(Shop.PASSWORD);
    assertThat(said("none")).contains("passwordFile none cannot be read (NoSuchFileException)");
    assertThat(said(folder.toString())).contains("is not a regular file");
  }

  private static String said(String file) {
    Database named = named(node.address(), Optional.of(file), Optional.empty());
    return new NamedDatabase("shop", named, folder, _ -> {}).state().toString();
  }

  @Test
  void whatTheUsersAddressSetsIsRespectedSaveForTimes() throws Exception {
    String options = "?socketTimeout=0&loginTimeout=0&sslmode=require";
    NamedDatabase strict =
        new NamedDatabase(
            "shop",
            new Database(
                "jdbc:postgresql://%s/shop%s".formatted(node.address(), options),
                Optional.of("postgres"),
                Optional.empty(),
                Optional.empty()),
            folder,
            _ -> {});
    assertThat(strict.state().nodes().getFirst().detail()).containsIgnoringCase("ssl");
  }

  @Test
  void aPrimaryWithoutAnyMeansCannotBeTaken() throws Exception {
    NamedDatabase database = Shop.database(folder, node);
    assertThat(database.instance().way()).isEmpty();
    assertThat(database.failOver(new Action.FailOver("shop", "", FailoverKind.CRASH)))
        .isInstanceOf(Effect.Failed.class);
    DatabaseState.Node only = database.state().primary().orElseThrow();
    assertThat(only.name()).isEqualTo(node.address());
    assertThat(only.timeline()).hasValue(1L);
    assertThat(database.node(node.address())).isEqualTo(new Answer.NodeIs(NodeRole.PRIMARY, ""));
    assertThat(database.node("")).isInstanceOf(Answer.Unanswered.class);
    assertThat(database.node("db9:5432")).isInstanceOf(Answer.Unanswered.class);
  }

  @Test
  void aNewPrimaryIsToldOnceItTakesWrites() throws Exception {
    List<Sighting> seen = new CopyOnWriteArrayList<>();
    FailoverMeans command =
        new FailoverMeans.Command(
            List.of("true"), List.of(), List.of(), List.of(), Optional.empty());
    String old = "127.0.0.1:" + unusedPort();
    Database named =
        named(old + "," + node.address(), Optional.of(secret(Shop.PASSWORD)), Optional.of(command));
    NamedDatabase database = new NamedDatabase("shop", named, folder, seen::add);
    assertThat(database.instance().way().orElseThrow().kinds()).containsExactly(FailoverKind.CRASH);
    assertThat(database.node(old)).isInstanceOf(Answer.NodeIs.class);
    Await.until("it is told", () -> !seen.isEmpty());
    assertThat(database.node(old)).isInstanceOf(Answer.NodeIs.class);
    database.stopWatching();
    assertThat(seen)
        .containsExactly(
            new Sighting(Sighting.Kind.PROMOTED, "shop", node.address() + " takes writes"));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return gone.getLocalPort();
    }
  }

  @Test
  void aTableThatEndsWithItsDatabaseNeedsNoServerToBeGone() throws Exception {
    NamedDatabase unreachable = database("127.0.0.1:1", "");
    ManagedDatabase lab = new EndsWithRun(unreachable);
    try (Databases databases = new Databases("run-1", List.of(lab))) {
      assertThat(databases.table(new Query.LedgerTable("shop")))
          .isInstanceOf(Answer.Unanswered.class);
      assertThat(databases.drop(new Action.DropLedger("shop"))).isInstanceOf(Effect.Done.class);
      assertThat(databases.table(new Query.LedgerTable("shop")))
          .isEqualTo(new Answer.TableIs(Answer.Owner.NOBODY));
    }
  }

  private static NamedDatabase database(String hosts, String password) throws Exception {
    Optional<String> file = password.isEmpty() ? Optional.empty() : Optional.of(secret(password));
    return new NamedDatabase("shop", named(hosts, file, Optional.empty()), folder, _ -> {});
  }

  private static Database named(
      String hosts, Optional<String> file, Optional<FailoverMeans> means) {
    return new Database(
        "jdbc:postgresql://%s/shop".formatted(hosts),
        Optional.of("faultline"),
        file,
        means.map(Database.Failing::new));
  }

  private static String secret(String password) throws Exception {
    Path file = Files.createTempFile(folder, "secret", "");
    Files.writeString(file, password);
    return file.toString();
  }
}
