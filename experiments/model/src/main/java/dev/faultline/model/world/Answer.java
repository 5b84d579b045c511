package dev.faultline.model.world;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectReading;
import dev.faultline.model.cluster.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a question got. */
public sealed interface Answer {

  /** What was answered, in a few words. */
  default String words() {
    return switch (this) {
      case ProcessIs is -> is.state().name().toLowerCase(Locale.ROOT);
      case DescriptorsAre are ->
          are.reading()
              .map(
                  one ->
                      "%d open, %d more can be, at most %d"
                          .formatted(one.open(), one.free(), one.limit()))
              .orElse("gone");
      case ClockCanBe can -> can.lacking().orElse("possible");
      case ClockIs is -> is.reading().words();
      case FuseIs is -> is.armed() ? "armed" : "not armed";
      case Exited exited -> "exit code " + exited.code();
      case Marked marked -> "fuses %s, holders %s".formatted(marked.fuses(), marked.holders());
      case Series series -> series.series().size() + " series";
      case AlertsAre alerts -> alerts.rules().size() + " alerting rules";
      case HttpReply reply -> "HTTP %d in %d ms".formatted(reply.status(), reply.took().toMillis());
      case LoadFigures figures -> figures.intervals().size() + " seconds of load";
      case RateIs is ->
          "%.0f/s asked, %.0f/s sent%s"
              .formatted(is.asked(), is.sent(), is.surging() ? ", surging" : "");
      case DatabaseIs is -> is.state().words();
      case NodeIs is -> is.role().words() + (is.detail().isEmpty() ? "" : ", " + is.detail());
      case Numeric number -> Double.toString(number.value());
      case TableIs is -> is.owner().name().toLowerCase(Locale.ROOT);
      case LedgerIs is -> is.account().acknowledged() + " writes acknowledged";
      case LinkIs is -> is.what().told(is.reading());
      case StrainIs is -> is.what().told(is.reading());
      case RouteIs is -> is.reading().words();
      case RoomIs is ->
          "%d cores, %s of memory".formatted(is.room().cores(), Spelled.amount(is.room().memory()));
      case PacketsAre are -> are.lacking().orElse("possible");
      case AddressesAre are -> String.join(", ", are.addresses());
      case InCluster of -> of.told();
      case Unanswered none -> "%s: %s".formatted(none.reason().words(), none.detail());
    };
  }

  /** About a Kubernetes cluster. */
  sealed interface InCluster extends Answer {

    /** The answer in words. */
    default String told() {
      return switch (this) {
        case PodIs is -> words(is);
        case NodeStands is ->
            "%s, %s%s"
                .formatted(
                    is.ready() ? "ready" : "not ready",
                    is.reached() ? "reached" : "out of reach",
                    is.agent() ? ", with our agent" : "");
        case NodeCutIs is -> is.dangerous().or(is::lacking).orElse("possible");
        case ObjectIs is -> is.reading().map(ObjectReading::words).orElse("gone");
        case SpaceIs is ->
            "namespace %s, %s".formatted(is.name(), is.allowed() ? "open to faults" : "not open");
        case Forbidden none ->
            String.join(", ", none.permissions().stream().map(Permission::words).toList());
      };
    }

    private static String words(PodIs is) {
      if (!is.there()) {
        return "gone";
      }
      return is.ending() ? "ending" : is.ready() ? "there, ready" : "there, not ready";
    }
  }

  /**
   * Whether a pod is there.
   *
   * @param ending whether it was told to end
   * @param ready whether it is there and ready
   */
  record PodIs(boolean there, boolean ending, boolean ready) implements InCluster {
    /** One of which nobody asked whether it is ready. */
    public PodIs(boolean there, boolean ending) {
      this(there, ending, false);
    }
  }

  /**
   * How a node stands.
   *
   * @param ready whether the cluster counts it as ready
   * @param reached whether its kubelet answers the API server, as far as that was asked
   * @param agent whether an agent of the run is there that could cut it off
   */
  record NodeStands(boolean ready, boolean reached, boolean agent) implements InCluster {}

  /**
   * Whether a node can be cut off.
   *
   * @param lacking why it cannot be
   * @param dangerous why it must not be
   */
  record NodeCutIs(Optional<String> lacking, Optional<String> dangerous) implements InCluster {}

  /** How an object stands; nothing when it is gone. */
  record ObjectIs(Optional<ObjectReading> reading) implements InCluster {}

  /**
   * What a namespace says of faults.
   *
   * @param there whether there is one of that name, as far as one may look
   * @param allowed whether its owner allows faults in it
   */
  record SpaceIs(String name, boolean there, boolean allowed) implements InCluster {}

  /** What of that which was asked about one may not do. */
  record Forbidden(List<Permission> permissions) implements InCluster {
    /** Keeps the list unchangeable. */
    public Forbidden {
      permissions = List.copyOf(permissions);
    }
  }

  /** How a process stands. */
  record ProcessIs(ProcessState state) implements Answer {}

  /** The descriptors of a process; none when it is gone. */
  record DescriptorsAre(Optional<DescriptorReading> reading) implements Answer {}

  /** Why a process cannot be given another clock; empty when it can. */
  record ClockCanBe(Optional<String> lacking) implements Answer {}

  /** The clock of a process. */
  record ClockIs(ClockReading reading) implements Answer {}

  /** Whether a fuse watches. */
  record FuseIs(boolean armed) implements Answer {}

  /**
   * What of the run lives at this moment.
   *
   * @param fuses those that watch, by name
   * @param holders what holds something of a machine or disturbs its packets, in words
   */
  record Marked(List<String> fuses, List<String> holders) implements Answer {
    /** Keeps the lists unchangeable. */
    public Marked {
      fuses = List.copyOf(fuses);
      holders = List.copyOf(holders);
    }
  }

  /** How a program ended, with the end of what it printed. */
  record Exited(int code, String output) implements Answer {}

  /**
   * Series of samples from Prometheus.
   *
   * @param warnings what Prometheus said about the completeness of the answer
   * @param skew how far its clock is ahead of ours, as far as its answer tells
   */
  record Series(List<OneSeries> series, List<String> warnings, Duration skew) implements Answer {
    /** Keeps the lists unchangeable. */
    public Series {
      series = List.copyOf(series);
      warnings = List.copyOf(warnings);
    }
  }

  /** The samples of one label set; times by the clock of Prometheus. */
  record OneSeries(Map<String, String> labels, List<Sample> samples) {
    /** Keeps the parts unchangeable. */
    public OneSeries {
      labels = Map.copyOf(labels);
      samples = List.copyOf(samples);
    }
  }

  /** One sample; the value may be NaN or infinite. */
  record Sample(Instant at, double value) {}

  /** How the alerting rules of one name stand; no rules when there are none of that name. */
  record AlertsAre(List<AlertRule> rules) implements Answer {
    /** Keeps the list unchangeable. */
    public AlertsAre {
      rules = List.copyOf(rules);
    }
  }

  /**
   * One alerting rule.
   *
   * @param trouble why it cannot be evaluated, or was not yet
   * @param firing the labels of each alert of it that fires
   */
  record AlertRule(Optional<String> trouble, List<Map<String, String>> firing) {
    /** Keeps the list unchangeable. */
    public AlertRule {
      firing = List.copyOf(firing);
    }
  }

  /**
   * An answer over HTTP.
   *
   * @param took from the sending of the request to the last byte of the answer
   * @param body as text; empty where it is longer than 1 MiB
   */
  record HttpReply(int status, Duration took, Optional<String> body) implements Answer {}

  /** What the load met, in intervals of a second, oldest first, only complete ones. */
  record LoadFigures(List<LoadInterval> intervals) implements Answer {
    /** Keeps the list unchangeable. */
    public LoadFigures {
      intervals = List.copyOf(intervals);
    }
  }

  /**
   * What the load sent in its newest full second; nothing, and no surge, where there is no load.
   *
   * @param surging whether a surge was on
   * @param asked requests per second that were asked for
   * @param sent requests that were really sent in that second
   */
  record RateIs(boolean surging, double asked, double sent) implements Answer {}

  /** How a database stands. */
  record DatabaseIs(DatabaseState state) implements Answer {}

  /** What a node is, with what is worth knowing about it. */
  record NodeIs(NodeRole role, String detail) implements Answer {}

  /** A number; may be NaN or infinite. */
  record Numeric(double value) implements Answer {}

  /** Whose a table is. */
  record TableIs(Owner owner) implements Answer {}

  /** Whose a table can be. */
  enum Owner {
    /** There is none of that name. */
    NOBODY,
    /** This run made it. */
    OURS,
    /** Another run of Faultline made it. */
    ANOTHER_RUN,
    /** Somebody else made it. */
    FOREIGN
  }

  /** What became of the writes of a ledger. */
  record LedgerIs(LedgerAccount account) implements Answer {}

  /** What was measured of a disturbance: by the relay of a link, or by the agent of a place. */
  record LinkIs(Disturbance what, LinkReading reading) implements Answer {}

  /** What the process that holds a strain measured. */
  record StrainIs(Strain what, StrainReading reading) implements Answer {}

  /**
   * How a router splits traffic.
   *
   * @param cautions what people should know before it is shifted, in sentences
   */
  record RouteIs(RouteReading reading, List<String> cautions) implements Answer {
    /** Keeps the list unchangeable. */
    public RouteIs {
      cautions = List.copyOf(cautions);
    }

    /** A reading that nothing is to be said of. */
    public RouteIs(RouteReading reading) {
      this(reading, List.of());
    }
  }

  /** What the machine has left. */
  record RoomIs(MachineRoom room) implements Answer {}

  /** Whether packets can be disturbed: what is lacking; nothing when they can. */
  record PacketsAre(Optional<String> lacking) implements Answer {}

  /** What a host name stands for; at least one address, in order. */
  record AddressesAre(List<String> addresses) implements Answer {
    /** Keeps the list unchangeable. */
    public AddressesAre {
      addresses = List.copyOf(addresses);
    }
  }

  /** Nothing: the question could not be put, or was not answered. */
  record Unanswered(BlindReason reason, String detail) implements Answer {}
}
