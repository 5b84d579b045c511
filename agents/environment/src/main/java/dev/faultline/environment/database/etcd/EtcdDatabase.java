package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.ManagedDatabase;
import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Store;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance.DatabaseInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/**
 * An etcd that the user names. It may hold a ledger and says who leads it; it takes no fault by
 * itself and knows no SQL. Thread-safe.
 */
public final class EtcdDatabase implements ManagedDatabase {

  private static final String NOT_SUPPORTED = "0A000";

  private final String name;
  private final Gateway gateway;

  /** Nothing is connected before it is asked for. */
  public EtcdDatabase(String name, Store.Etcd etcd) {
    this.name = name;
    this.gateway = new Gateway(etcd.endpoints());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DatabaseInstance instance() {
    FailoverWay none = new FailoverWay.Barred(EnumSet.allOf(FailoverKind.class), refusal());
    return new DatabaseInstance(
        name, String.join(",", gateway.endpoints()), Optional.empty(), Optional.of(none));
  }

  private static String refusal() {
    return "an etcd chooses its leader itself; cut the leader off by a 'partition' of its packets,"
        + " or kill its process";
  }

  @Override
  public DatabaseState state() {
    return Members.of(gateway);
  }

  @Override
  public Answer node(String node) {
    return state().nodes().stream()
        .filter(one -> one.name().equals(node))
        .<Answer>map(one -> new Answer.NodeIs(one.role(), one.detail()))
        .findFirst()
        .orElseGet(
            () ->
                new Answer.Unanswered(
                    BlindReason.NO_DATA, "%s has no node '%s'".formatted(name, node)));
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    return new Effect.Failed(refusal());
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    return new Effect.Done("%s was not cut off by these hands".formatted(name));
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    throw new SQLException(name + " is an etcd, which knows no SQL", NOT_SUPPORTED);
  }

  @Override
  public LedgerStore ledger(String runId) {
    return new KeyStore(gateway, new Keys(runId));
  }

  @Override
  public void stopWatching() {
    gateway.close();
  }

  @Override
  public boolean endsWithRun() {
    return false;
  }
}
