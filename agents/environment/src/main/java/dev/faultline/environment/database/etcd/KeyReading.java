package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.etcd.Gateway.Said;
import dev.faultline.environment.database.ledger.Found;
import dev.faultline.environment.database.ledger.ImpossibleRow;
import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.environment.database.ledger.StoreTrouble;
import dev.faultline.environment.database.ledger.Unread;
import dev.faultline.environment.database.ledger.Within;
import dev.faultline.model.world.Answer.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the keys of a ledger as they were at one revision, by the member that said which one is the
 * newest that a majority has.
 */
final class KeyReading implements LedgerStore.Reading {

  private static final int AT_ONCE = 5_000;

  private final Gateway gateway;
  private final Keys keys;
  private final Said said;
  private final Owner owner;
  private final Within within;

  /**
   * A reading of what a member said.
   *
   * @param said whose the keys are
   */
  KeyReading(Gateway gateway, Keys keys, Said said, Owner owner, Within within) {
    this.gateway = gateway;
    this.keys = keys;
    this.said = said;
    this.owner = owner;
    this.within = within;
  }

  @Override
  public long timeline() {
    return 0;
  }

  @Override
  public Owner owner() {
    return owner;
  }

  /** A new leader is a reason to read all of it again. */
  @Override
  public String server() {
    JsonNode header = said.json().path("header");
    return header.path("cluster_id").asString("") + " " + header.path("raft_term").asString("");
  }

  @Override
  public void tell(Found found) throws StoreTrouble, Unread, ImpossibleRow {
    for (int writer = 0; writer < found.writers(); writer++) {
      List<Write> writes = writes(writer, found.present(writer).length());
      writes.sort(Comparator.comparingLong(Write::revision));
      for (Write write : writes) {
        found.add(write.revision(), writer, write.number());
      }
    }
  }

  private record Write(long revision, long number) {}

  /** What one writer wrote from a number on; a key that was written again counts as two writes. */
  private List<Write> writes(int writer, long from) throws StoreTrouble, Unread, ImpossibleRow {
    List<Write> writes = new ArrayList<>();
    long next = from;
    boolean more = true;
    while (more) {
      JsonNode page = page(writer, next);
      for (JsonNode kv : page.path("kvs")) {
        long number = Keys.number(kv.path("key").asString(""));
        if (number < 0) {
          throw new ImpossibleRow(writer, number);
        }
        writes.add(new Write(kv.path("create_revision").asLong(0), number));
        if (kv.path("version").asLong(1) > 1) {
          writes.add(new Write(kv.path("mod_revision").asLong(0), number));
        }
        next = number + 1;
      }
      more = page.path("more").asBoolean(false);
    }
    return writes;
  }

  private JsonNode page(int writer, long from) throws StoreTrouble, Unread {
    Map<String, Object> range =
        Map.of(
            "key", keys.write(writer, from),
            "range_end", keys.end(writer),
            "revision", said.json().at("/header/revision").asString("0"),
            "limit", AT_ONCE);
    return Gateway.answer(gateway.call(said.endpoint(), KeyStore.RANGE, range, within.left()));
  }

  @Override
  public void close() {}
}
