package dev.faultline.environment.database;

import dev.faultline.environment.database.named.NamedDatabase;
import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The database {@code shop} as a user names it, and what tests ask of it. */
public final class Shop implements AutoCloseable {

  static final String PASSWORD = "corr-3ct-horse";
  static final Duration LONG = Duration.ofSeconds(20);

  private final Databases databases;

  public Shop(List<ManagedDatabase> databases) {
    this("run-1", databases);
  }

  private Shop(String runId, List<ManagedDatabase> databases) {
    this.databases = new Databases(runId, databases);
  }

  static Shop of(Path folder, String runId, PostgresNode... nodes) throws Exception {
    return new Shop(runId, List.of(database(folder, nodes)));
  }

  static Shop of(String runId, ManagedDatabase database) {
    return new Shop(runId, List.of(database));
  }

  static NamedDatabase database(Path folder, PostgresNode... nodes) throws Exception {
    String hosts = Arrays.stream(nodes).map(PostgresNode::address).collect(Collectors.joining(","));
    Path secret = Files.createTempFile(folder, "secret", "");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secret, PASSWORD + "\n");
    Database named =
        new Database(
            "jdbc:postgresql://%s/shop".formatted(hosts),
            Optional.of("faultline"),
            Optional.of(secret.getFileName().toString()),
            Optional.empty());
    return new NamedDatabase("shop", named, folder, _ -> {});
  }

  static Ledger ledger(int writers, int rate, Ledger.OnError onError) {
    return new Ledger(
        "shop",
        Optional.of(writers),
        Optional.of(Quantity.parse(rate + "/s")),
        Optional.of(onError),
        Optional.of(Duration.ofSeconds(1)));
  }

  public String open(int writers, int rate) {
    return open(ledger(writers, rate, Ledger.OnError.NEXT));
  }

  String open(Ledger ledger) {
    return databases.open(new Action.OpenLedger(ledger)).toString();
  }

  public String drop() {
    return databases.drop(new Action.DropLedger("shop")).toString();
  }

  Answer table() {
    return databases.table(new Query.LedgerTable("shop"));
  }

  /** From memory. */
  public LedgerAccount now() {
    return account(LONG, Optional.empty());
  }

  /** Read back anew. */
  public Tally tally() {
    LedgerAccount account = account(LONG, Optional.of(Duration.ZERO));
    return account.tally().orElseThrow(() -> new AssertionError(account.unread()));
  }

  LedgerAccount account(Duration within, Optional<Duration> tallied) {
    Answer answer = databases.account(new Query.LedgerStatus(within, tallied));
    if (answer instanceof Answer.LedgerIs is) {
      return is.account();
    }
    throw new AssertionError(answer.words());
  }

  DatabaseState state() {
    Answer answer = databases.status(new Query.DatabaseStatus("shop"));
    if (answer instanceof Answer.DatabaseIs is) {
      return is.state();
    }
    throw new AssertionError(answer.words());
  }

  Answer select(String statement, Duration timeout) {
    return databases.select(new Query.SqlNumber("shop", statement, timeout));
  }

  @Override
  public void close() {
    databases.close();
  }
}
