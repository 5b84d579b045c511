package dev.faultline.model.world;

import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One question to the world. Asking changes nothing. */
public sealed interface Query {

  /** The question in words, or in the language of whom it is put to. */
  String text();

  /** A question about another machine. Answered as it would be there. */
  record OnHost(String host, Query query) implements Query {
    @Override
    public String text() {
      return "%s on %s".formatted(query.text(), host);
    }
  }

  /** A question to the API of a Kubernetes cluster. */
  sealed interface OfCluster extends Query
      permits PodStatus,
          ObjectStatus,
          ObjectFuse,
          NamespaceStatus,
          MayDo,
          AgentPossible,
          PodPackets,
          PodQuery,
          NodeQuery,
          ClusterNumber,
          ServiceProbe,
          RouteFit {}

  /** Whether a pod is still there. Answered by {@link Answer.PodIs}. */
  record PodStatus(ObjectRef pod) implements OfCluster {
    @Override
    public String text() {
      return pod.words();
    }
  }

  /**
   * How an object stands with regard to a change. Answered by {@link Answer.ObjectIs}.
   *
   * @param mark names the change within the run
   */
  record ObjectStatus(ObjectRef object, String mark, List<FieldChange> changes)
      implements OfCluster {
    /** Keeps the changes unchangeable. */
    public ObjectStatus {
      changes = List.copyOf(changes);
    }

    @Override
    public String text() {
      return object.words();
    }
  }

  /**
   * Whether the fuse of a change watches. Answered by {@link Answer.FuseIs}.
   *
   * @param mark names the change within the run
   */
  record ObjectFuse(ObjectRef object, String mark) implements OfCluster {
    @Override
    public String text() {
      return "fuse of " + object.words();
    }
  }

  /** What the namespace of the environment says of faults. Answered by {@link Answer.SpaceIs}. */
  record NamespaceStatus() implements OfCluster {
    @Override
    public String text() {
      return "namespace";
    }
  }

  /** Which of these one may not do. Answered by {@link Answer.Forbidden}. */
  record MayDo(List<Permission> permissions) implements OfCluster {
    /** Keeps the list unchangeable. */
    public MayDo {
      permissions = List.copyOf(permissions);
    }

    @Override
    public String text() {
      return "permissions";
    }
  }

  /**
   * Whether an agent for this work can come to a pod, as far as the API server tells. Answered by
   * {@link Answer.PacketsAre}.
   */
  record AgentPossible(ObjectRef pod, AgentWay way, AgentWork work) implements OfCluster {
    @Override
    public String text() {
      return "whether an agent can come to %s %s".formatted(pod.words(), way.words());
    }
  }

  /**
   * What an agent measured of a disturbance of a pod's packets. Answered by {@link Answer.LinkIs}.
   */
  record PodPackets(PodPlace pod, PacketStatus status) implements OfCluster {
    @Override
    public String text() {
      return "%s (%s)".formatted(status.text(), pod.pod().name());
    }
  }

  /** One number about what is watched. Answered by {@link Answer.Numeric}. */
  record ClusterNumber(Watched what, Figure figure) implements OfCluster {
    @Override
    public String text() {
      return "%s of %s".formatted(figure.words(), what.words());
    }
  }

  /** How a process stands. Answered by {@link Answer.ProcessIs}. */
  record ProcessStatus(ProcessRef process) implements Query {
    @Override
    public String text() {
      return "process " + process.name();
    }
  }

  /** Whether a process can be given another clock. Answered by {@link Answer.ClockCanBe}. */
  record ClockPossible(String process) implements Query {
    @Override
    public String text() {
      return "whether the clock of %s can be set off".formatted(process);
    }
  }

  /** The clock of a process. Answered by {@link Answer.ClockIs}. */
  record ClockStatus(String process) implements Query {
    @Override
    public String text() {
      return "clock of " + process;
    }
  }

  /** The descriptors of a process. Answered by {@link Answer.DescriptorsAre}. */
  record DescriptorStatus(ProcessRef process) implements Query {
    @Override
    public String text() {
      return "descriptors of " + process.name();
    }
  }

  /** Whether a fuse is armed. Answered by {@link Answer.FuseIs}. */
  record FuseStatus(String name) implements Query {
    @Override
    public String text() {
      return "fuse " + name;
    }
  }

  /** What of the run is found in the world itself. Answered by {@link Answer.Marked}. */
  record Marks() implements Query {
    @Override
    public String text() {
      return "marks of the run";
    }
  }

  /** What a program of the user's says by its exit code. Answered by {@link Answer.Exited}. */
  record CommandStatus(List<String> argv, Duration timeout) implements Query {
    /** Keeps the arguments unchangeable. */
    public CommandStatus {
      argv = List.copyOf(argv);
    }

    @Override
    public String text() {
      return String.join(" ", argv);
    }
  }

  /** A PromQL expression at the present moment. Answered by {@link Answer.Series}. */
  record PromInstant(String expression) implements Query {
    @Override
    public String text() {
      return expression;
    }
  }

  /** A PromQL expression over the last while. Answered by {@link Answer.Series}. */
  record PromRange(String expression, Duration over, Duration step) implements Query {
    @Override
    public String text() {
      return "%s over %d s".formatted(expression, over.toSeconds());
    }
  }

  /** How the alerting rules of this name stand. Answered by {@link Answer.AlertsAre}. */
  record AlertStatus(String alert) implements Query {
    @Override
    public String text() {
      return "alert " + alert;
    }
  }

  /** What one request over HTTP gets. Answered by {@link Answer.HttpReply}. */
  record HttpProbe(
      String url,
      String method,
      Map<String, String> headers,
      Optional<String> body,
      Duration timeout)
      implements Query {
    /** Keeps the headers unchangeable. */
    public HttpProbe {
      headers = Map.copyOf(headers);
    }

    @Override
    public String text() {
      return method + " " + url;
    }
  }

  /**
   * What one request to a service of the cluster gets, passed on by the API server. Answered by
   * {@link Answer.HttpReply}.
   *
   * @param request its address is as a pod would write it
   */
  record ServiceProbe(ClusterService service, HttpProbe request) implements OfCluster {
    @Override
    public String text() {
      return request.text();
    }
  }

  /**
   * What the load met in its newest complete seconds. Answered by {@link Answer.LoadFigures}.
   *
   * <p>A second is complete when all of its requests have ended, so that with a target that hangs
   * the newest is as old as the timeout of the load and one second more. How old it is does not
   * matter up to that timeout and 3 s; beyond, there are no figures.
   *
   * @param over how many seconds, rounded up
   */
  record LoadStatus(Duration over) implements Query {
    @Override
    public String text() {
      return "load over %d s".formatted(over.toSeconds());
    }
  }

  /** How many requests the load really sends now. Answered by {@link Answer.RateIs}. */
  record LoadRate() implements Query {
    @Override
    public String text() {
      return "load";
    }
  }

  /** How a database and its nodes stand. Answered by {@link Answer.DatabaseIs}. */
  record DatabaseStatus(String database) implements Query {
    @Override
    public String text() {
      return "database " + database;
    }
  }

  /**
   * What one node of a database is. Answered by {@link Answer.NodeIs}.
   *
   * @param node its name; when empty, the node that the run took the primary's role from last
   */
  record NodeStatus(String database, String node) implements Query {
    @Override
    public String text() {
      return node.isEmpty() ? "the old primary of " + database : "node " + node;
    }
  }

  /** The one number that a statement selects. Answered by {@link Answer.Numeric}. */
  record SqlNumber(String database, String statement, Duration timeout) implements Query {
    @Override
    public String text() {
      return statement;
    }
  }

  /** Whose the table, or the keys, of a ledger are. Answered by {@link Answer.TableIs}. */
  record LedgerTable(String database) implements Query {
    @Override
    public String text() {
      return "%s in %s".formatted(Action.OpenLedger.TABLE, database);
    }
  }

  /**
   * What became of the writes of a ledger so far. Answered by {@link Answer.LedgerIs}.
   *
   * @param within how long an answer may take
   * @param tallied how old a tally may be; empty when none is wanted, and the database is not asked
   */
  record LedgerStatus(Duration within, Optional<Duration> tallied) implements Query {
    @Override
    public String text() {
      return "ledger";
    }
  }

  /**
   * What the relay of a link measured of a disturbance. Answered by {@link Answer.LinkIs}.
   *
   * @param name names the disturbance within the run
   */
  record LinkStatus(String link, String name, Disturbance what) implements Query {
    @Override
    public String text() {
      return "%s on %s".formatted(what.words(), link);
    }
  }

  /**
   * What an agent measured of a disturbance of packets. Answered by {@link Answer.LinkIs}.
   *
   * @param name names the disturbance within the run
   */
  record PacketStatus(NetworkPlace place, String name, Disturbance what) implements Query {
    @Override
    public String text() {
      return "%s on %s".formatted(what.words(), place.words());
    }
  }

  /**
   * What the process that holds a strain measures. Answered by {@link Answer.StrainIs}.
   *
   * @param name names it within the run
   */
  record StrainStatus(String name, Strain what) implements Query {
    @Override
    public String text() {
      return what.words();
    }
  }

  /**
   * What the machine has left for a strain. Answered by {@link Answer.RoomIs}.
   *
   * @param what which strain
   */
  record RoomFor(Strain what) implements Query {
    @Override
    public String text() {
      return "room for " + what.words();
    }
  }

  /** Whether packets can be disturbed there. Answered by {@link Answer.PacketsAre}. */
  record PacketsPossible() implements Query {
    @Override
    public String text() {
      return "whether packets can be disturbed";
    }
  }

  /** How traffic is split between two versions. Answered by {@link Answer.RouteIs}. */
  record RouteStatus(Route route) implements Query {
    @Override
    public String text() {
      return route.words();
    }
  }

  /** Which addresses a host name stands for. Answered by {@link Answer.AddressesAre}. */
  record AddressesOf(String host) implements Query {
    @Override
    public String text() {
      return "addresses of " + host;
    }
  }
}
