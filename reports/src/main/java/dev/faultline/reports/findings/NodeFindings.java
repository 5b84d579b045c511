package dev.faultline.reports.findings;

import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.NodeRole;
import dev.faultline.reports.facts.NodeFacts;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the nodes of a database stood before the fault and at the end. */
final class NodeFindings {

  private NodeFindings() {}

  static List<Finding> of(NodeFacts database) {
    List<Finding> found = new ArrayList<>();
    boolean followed = follows(database.before());
    if (!followed && database.before().nodes().size() > 1) {
      found.add(before(database));
    }
    if (followed) {
      database
          .after()
          .filter(state -> !follows(state))
          .ifPresent(s -> found.add(after(database, s)));
    }
    database.after().flatMap(state -> several(database, state)).ifPresent(found::add);
    database.after().flatMap(state -> emptied(database, state)).ifPresent(found::add);
    return found;
  }

  private static boolean follows(DatabaseState state) {
    return state.with(NodeRole.STANDBY).stream().anyMatch(Node::streaming);
  }

  private static Finding before(NodeFacts database) {
    return new Finding(
        Kind.STANDBY_BEFORE,
        Severity.SEVERE,
        "No standby of %s received what the primary wrote before the fault"
            .formatted(database.database()),
        database.before().words(),
        "See primary_conninfo and the log of the standby: a promotion of it loses what it has not"
            + " received");
  }

  private static Finding after(NodeFacts database, DatabaseState state) {
    return new Finding(
        Kind.STANDBY_AFTER,
        Severity.NOTABLE,
        "%s did not come back to a standby that follows: the next failure has nobody to take over"
            .formatted(database.database()),
        "at the end: " + state.words(),
        "Let the old primary rejoin by itself (with Patroni: use_pg_rewind), or alert on a primary"
            + " without a standby in pg_stat_replication");
  }

  private static Optional<Finding> several(NodeFacts database, DatabaseState state) {
    return state.with(NodeRole.PRIMARY).size() < 2
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.SPLIT_BRAIN,
                Severity.SEVERE,
                "%s has more than one primary at the end".formatted(database.database()),
                state.words(),
                "Stop all but the one of the highest timeline, and fence the old primary before a"
                    + " promotion"));
  }

  private static Optional<Finding> emptied(NodeFacts database, DatabaseState state) {
    String was = database.before().settings().getOrDefault(WriteFindings.STANDBYS, "");
    String is = state.settings().get(WriteFindings.STANDBYS);
    return is == null || was.isBlank() || !is.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.SAFETY_AFTER,
                Severity.NOTABLE,
                "%s was %s and is empty at the end: the next failover may lose acknowledged writes"
                    .formatted(WriteFindings.STANDBYS, was),
                "at the end: " + state.words(),
                "Let whatever promotes set %s again once a standby follows"
                    .formatted(WriteFindings.STANDBYS)));
  }
}
