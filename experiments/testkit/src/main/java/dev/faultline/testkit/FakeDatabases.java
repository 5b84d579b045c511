package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The databases of a fake world by name. */
final class FakeDatabases {

  private final Map<String, FakeDatabase> databases = new TreeMap<>();

  void add(String name, Duration takesOver, Duration rebuilt) {
    databases.put(name, new FakeDatabase(name, takesOver, rebuilt));
  }

  FakeDatabase named(String name) {
    FakeDatabase database = databases.get(name);
    if (database == null) {
      throw new IllegalArgumentException("no database " + name);
    }
    return database;
  }

  Facts facts(Target target) {
    return new Facts(
        target.database().stream()
            .filter(databases::containsKey)
            .<Instance>map(name -> named(name).instance())
            .toList(),
        target.database().stream().filter(name -> !databases.containsKey(name)).toList(),
        List.copyOf(databases.keySet()));
  }

  Effect failOver(Action.FailOver take, Duration now) {
    return named(take.database()).lose(take.kind(), now);
  }

  Effect reconnect(Action.Reconnect join) {
    return named(join.database()).reconnect();
  }

  Effect open(Action.OpenLedger open) {
    named(open.ledger().database()).table(Answer.Owner.OURS);
    return new Effect.Done("opened");
  }

  Effect drop(Action.DropLedger drop) {
    named(drop.database()).table(Answer.Owner.NOBODY);
    return new Effect.Done("dropped");
  }

  Answer status(Query.DatabaseStatus query) {
    return new Answer.DatabaseIs(named(query.database()).state());
  }

  Answer node(Query.NodeStatus query) {
    return named(query.database()).role(query.node());
  }

  Answer table(Query.LedgerTable query) {
    return new Answer.TableIs(named(query.database()).table());
  }

  List<String> residue() {
    List<String> left = new ArrayList<>();
    databases.forEach(
        (name, database) -> {
          if (database.isCutOff()) {
            left.add("cut off " + name);
          }
          if (database.table() == Answer.Owner.OURS) {
            left.add("table in " + name);
          }
        });
    return left;
  }

  void settle(Duration now) {
    databases.values().forEach(database -> database.settle(now));
  }
}
