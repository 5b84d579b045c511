package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.etcd.Gateway.Said;
import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.environment.database.ledger.NotOurs;
import dev.faultline.environment.database.ledger.StoreTrouble;
import dev.faultline.environment.database.ledger.Unread;
import dev.faultline.environment.database.ledger.Within;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A ledger in keys of an etcd. All that is asked and written goes by its majority. */
final class KeyStore implements LedgerStore {

  static final String RANGE = "/v3/kv/range";
  static final String TXN = "/v3/kv/txn";

  private final Gateway gateway;
  private final Keys keys;
  private final Map<Integer, Integer> turns = new ConcurrentHashMap<>();

  /**
   * The ledger of one run; nothing is asked yet.
   *
   * @param gateway for all but the writes, each of whose ways has its own
   */
  KeyStore(Gateway gateway, Keys keys) {
    this.gateway = gateway;
    this.keys = keys;
  }

  @Override
  public String place() {
    return "key prefix " + Keys.PREFIX;
  }

  @Override
  public Owner owner(Duration within) throws StoreTrouble {
    return owner(gateway.ask(TXN, Keys.whose(), within).json());
  }

  /** Whose they are, by the answer to that question. */
  private Owner owner(JsonNode answer) {
    String mark = answer.at("/responses/0/response_range/kvs/0/value").asString("");
    boolean free =
        answer.at("/responses/0/response_range/kvs/0").isMissingNode()
            && answer.at("/responses/1/response_range/kvs/0").isMissingNode();
    if (free) {
      return Owner.NOBODY;
    }
    if (mark.equals(keys.owner())) {
      return Owner.OURS;
    }
    return Keys.isMark(mark) ? Owner.ANOTHER_RUN : Owner.FOREIGN;
  }

  @Override
  public void make(Duration within) throws StoreTrouble, NotOurs {
    Said found = gateway.ask(TXN, Keys.whose(), within);
    Owner owner = owner(found.json());
    if (owner != Owner.NOBODY) {
      throw new NotOurs(owner, place());
    }
    Map<String, Object> absent =
        Map.of("key", Keys.mark(), "target", "CREATE", "result", "EQUAL", "create_revision", "0");
    Map<String, Object> put =
        Map.of("request_put", Map.of("key", Keys.mark(), "value", keys.owner()));
    if (!change(found, absent, List.of(put), within)) {
      throw new NotOurs(Owner.ANOTHER_RUN, place());
    }
  }

  /** Every write is bound to the mark, so that one that is late has no effect once it is gone. */
  @Override
  public Owner drop(Duration within) throws StoreTrouble {
    Said found = gateway.ask(TXN, Keys.whose(), within);
    Owner owner = owner(found.json());
    if (owner == Owner.OURS) {
      List<Map<String, Object>> deletions =
          List.of(
              Map.of("request_delete_range", Map.of("key", Keys.mark())),
              Map.of("request_delete_range", keys.all()));
      if (!change(found, keys.ours(), deletions, within)) {
        throw new StoreTrouble(BlindReason.REFUSED, "the mark has changed meanwhile");
      }
    }
    return owner;
  }

  private boolean change(
      Said found, Map<String, Object> condition, List<Map<String, Object>> then, Duration within)
      throws StoreTrouble {
    Map<String, Object> change = Map.of("compare", List.of(condition), "success", then);
    return Gateway.answer(gateway.call(found.endpoint(), TXN, change, within))
        .path("succeeded")
        .asBoolean(false);
  }

  /** Each way leads to the next member in turn, as after an error nobody knows which one works. */
  @Override
  public Pen pen(int writer, Duration patience) {
    List<String> endpoints = gateway.endpoints();
    int turn = turns.merge(writer, writer, (before, _) -> before + 1);
    String endpoint = endpoints.get(turn % endpoints.size());
    return new KeyPen(new Gateway(List.of(endpoint)), keys, writer, patience);
  }

  @Override
  public Reading read(Within within) throws StoreTrouble, Unread {
    Said said = gateway.ask(TXN, Keys.whose(), within.left());
    return new KeyReading(gateway, keys, said, owner(said.json()), within);
  }
}
