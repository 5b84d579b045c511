package dev.faultline.model.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the primary from a database: {@code failover: crash}. What happens then is up to the
 * database's own failover; Faultline only watches it.
 *
 * @param how in which way
 */
public record Failover(FailoverKind how) implements Fault {

  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(15);
  private static final Map<String, FailoverKind> KINDS =
      Map.of(
          "crash", FailoverKind.CRASH,
          "serverCrash", FailoverKind.SERVER_CRASH,
          "switchover", FailoverKind.SWITCHOVER,
          "partition", FailoverKind.PARTITION);

  /** Requires a way. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Failover {
    InvalidValue.required(how, "how");
  }

  /** Reads the way alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Failover of(String how) {
    FailoverKind kind = KINDS.get(how);
    if (kind == null) {
      throw new InvalidValue(
          Words.unknown(
              "failover", how, Arrays.stream(FailoverKind.values()).map(Failover::word).toList()));
    }
    return new Failover(kind);
  }

  private static String word(FailoverKind kind) {
    return switch (kind) {
      case CRASH -> "crash";
      case SERVER_CRASH -> "serverCrash";
      case SWITCHOVER -> "switchover";
      case PARTITION -> "partition";
    };
  }

  @Override
  public boolean instant() {
    return how != FailoverKind.PARTITION;
  }

  @Override
  public Set<String> aims() {
    return Set.of("database");
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public String words() {
    return "failover (%s)".formatted(word(how));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.DatabaseInstance database)) {
      throw new FaultRefused("this fault needs a database as its target");
    }
    database.state().ifPresent(state -> requireStandby(database.name(), state));
    FailoverWay way =
        database
            .way()
            .orElseThrow(
                () ->
                    new FaultRefused(
                        "nothing says how %s can be made to fail over; add 'failover' to it in the"
                                .formatted(database.name())
                            + " environment"));
    if (!way.kinds().contains(how)) {
      throw new FaultRefused(
          "%s cannot be done to %s; what can be done: %s"
              .formatted(
                  word(how),
                  database.name(),
                  String.join(", ", way.kinds().stream().sorted().map(Failover::word).toList())));
    }
    String node =
        database.state().flatMap(DatabaseState::primary).map(DatabaseState.Node::name).orElse("");
    return switch (way) {
      case FailoverWay.ByHands _ -> byHands(database.name(), node);
      case FailoverWay.ByPrograms programs -> byPrograms(database.name(), node, programs, setting);
      case FailoverWay.Barred barred ->
          throw new FaultRefused(
              "%s cannot be made to fail over: %s".formatted(database.name(), barred.why()));
    };
  }

  /** Without a standby that follows there is nothing to learn from taking the primary away. */
  private static void requireStandby(String name, DatabaseState state) {
    if (state.primary().isEmpty()) {
      throw new FaultRefused("%s has no primary that answers: %s".formatted(name, details(state)));
    }
    if (state.with(NodeRole.PRIMARY).size() > 1) {
      throw new FaultRefused(
          "%s has more than one primary already: %s".formatted(name, state.words()));
    }
    List<DatabaseState.Node> standbys = state.with(NodeRole.STANDBY);
    if (standbys.isEmpty()) {
      throw new FaultRefused(
          "%s has no standby that could take over: %s".formatted(name, details(state)));
    }
    if (standbys.stream().noneMatch(DatabaseState.Node::streaming)) {
      throw new FaultRefused(
          "no standby of %s receives what the primary writes: %s; see primary_conninfo and the log"
                  .formatted(name, details(state))
              + " of the standby");
    }
  }

  private static String details(DatabaseState state) {
    return String.join(
        ", ",
        state.nodes().stream()
            .map(
                node ->
                    node.name()
                        + " "
                        + node.role().words()
                        + (node.detail().isEmpty() ? "" : " (%s)".formatted(node.detail())))
            .toList());
  }

  private List<Step> byHands(String database, String node) {
    Action take = new Action.FailOver(database, node, how);
    if (instant()) {
      return List.of(new Step(take, Optional.of(shown(database, node, lost())), Optional.empty()));
    }
    Proof reachable =
        shown(
            database,
            node,
            Set.of(NodeRole.PRIMARY, NodeRole.STANDBY, NodeRole.GONE, NodeRole.UNREACHABLE));
    return List.of(
        new Step(
            take,
            Optional.of(shown(database, node, lost())),
            Optional.of(
                new Step.Undo(new Action.Reconnect(database, node), Optional.of(reachable)))));
  }

  private List<Step> byPrograms(
      String database, String node, FailoverWay.ByPrograms way, Setting setting) {
    Action take = new Action.RunCommand(way.programs().getOrDefault(how, List.of()), way.timeout());
    Proof taken = shown(database, node, lost());
    if (instant()) {
      return List.of(new Step(take, Optional.of(taken), Optional.empty()));
    }
    Action heal = new Action.RunCommand(way.heal(), way.timeout());
    Proof healed = shown(database, node, Set.of(NodeRole.PRIMARY, NodeRole.STANDBY));
    return List.of(
        Fuses.around(setting, database, List.of(heal)),
        new Step(take, Optional.of(taken), Optional.of(new Step.Undo(heal, Optional.of(healed)))));
  }

  private Set<NodeRole> lost() {
    return switch (how) {
      case CRASH, SERVER_CRASH, SWITCHOVER ->
          Set.of(NodeRole.GONE, NodeRole.UNREACHABLE, NodeRole.STANDBY);
      case PARTITION -> Set.of(NodeRole.CUT_OFF, NodeRole.UNREACHABLE, NodeRole.GONE);
    };
  }

  private static Proof shown(String database, String node, Set<NodeRole> roles) {
    return new Proof(
        new Query.NodeStatus(database, node), new Expectation.NodeIn(roles), SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return instant()
        ? List.of(
            new EndsBy(
                EndsBy.Layer.INSTANT,
                Optional.of(Duration.ZERO),
                "over at once; whatever watches the database promotes another node"))
        : partitionEndsBy(setting);
  }

  private static List<EndsBy> partitionEndsBy(Setting setting) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            EndsBy.Layer.FUSE,
            Optional.of(setting.lease().plusSeconds(1)),
            "what holds it ends with Faultline (in a lab, with the lab), or a detached fuse"
                + " withdraws it when the run stops renewing its lease"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, withdraw what the journal left open"));
  }
}
