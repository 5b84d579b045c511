package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.environment.database.ledger.StoreTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts the keys of one writer, each in a transaction that holds as long as the mark is there. */
final class KeyPen implements LedgerStore.Pen {

  private final Gateway member;
  private final Keys keys;
  private final int writer;
  private final Duration patience;
  private volatile @Nullable Call underWay;
  private volatile boolean aborted;

  /**
   * A way to one member.
   *
   * @param member is closed with it
   */
  KeyPen(Gateway member, Keys keys, int writer, Duration patience) {
    this.member = member;
    this.keys = keys;
    this.writer = writer;
    this.patience = patience;
  }

  /** A member without a majority behind it cannot answer this, so that no write is sent to it. */
  @Override
  public void begin() throws StoreTrouble {
    JsonNode _ = send(KeyStore.RANGE, Map.of("key", Keys.mark()));
  }

  /** The terms of an etcd are none: a follower may say an old one of a write that is whole. */
  @Override
  public long timeline() {
    return 0;
  }

  @Override
  public Optional<String> write(int number) {
    Map<String, Object> put =
        Map.of("request_put", Map.of("key", keys.write(writer, number), "value", ""));
    try {
      JsonNode said =
          send(KeyStore.TXN, Map.of("compare", List.of(keys.ours()), "success", List.of(put)));
      return said.path("succeeded").asBoolean(false)
          ? Optional.empty()
          : Optional.of("the key that says whose the ledger is has changed");
    } catch (StoreTrouble trouble) {
      return Optional.of(trouble.words());
    }
  }

  private JsonNode send(String path, Map<String, ?> body) throws StoreTrouble {
    Call call = member.call(member.endpoints().getFirst(), path, body, patience);
    underWay = call;
    if (aborted) {
      call.cancel();
    }
    try {
      return Gateway.answer(call);
    } finally {
      underWay = null;
    }
  }

  /** A late write has ended by then, as its whole call is bounded. */
  @Override
  public void cancel() {}

  @Override
  public void abort() {
    aborted = true;
    Call call = underWay;
    if (call != null) {
      call.cancel();
    }
  }

  @Override
  public void close() {
    member.close();
  }
}
