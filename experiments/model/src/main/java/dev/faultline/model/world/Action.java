package dev.faultline.model.world;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One change to the world. Applying an undo twice does what applying it once does. */
public sealed interface Action {

  /** The action in words, free of anything that differs between two runs of the same plan. */
  String describe();

  /** Whether it goes through the API of a cluster, which may be away for a while. */
  default boolean ofCluster() {
    return false;
  }

  /** What is done, wherever it is done. */
  default Action itself() {
    return this;
  }

  /** Does something on another machine. */
  record OnHost(String host, Action action) implements Action {
    @Override
    public String describe() {
      return "on %s: %s".formatted(host, action.describe());
    }

    @Override
    public Action itself() {
      return action;
    }
  }

  /** Does something in a Kubernetes cluster, through its API. */
  sealed interface InCluster extends Action
      permits ClusterAction, PodAction, ClusterFuseAction, NodeAction {
    @Override
    default boolean ofCluster() {
      return true;
    }
  }

  /** Sends a signal to one process, if it is still that process. */
  record SendSignal(ProcessRef process, ProcessSignal signal) implements Action {
    @Override
    public String describe() {
      return "send SIG%s to %s".formatted(signal, process.name());
    }
  }

  /**
   * Lets a process open so many descriptors more than it has, and no others.
   *
   * @param room how many
   */
  record LimitDescriptors(ProcessRef process, int room) implements Action {
    @Override
    public String describe() {
      return "let %s open %d more descriptors".formatted(process.name(), room);
    }
  }

  /**
   * Lets a process have as many descriptors as before, at least; it is never let have fewer.
   *
   * @param limit how many it may have
   */
  record FreeDescriptors(ProcessRef process, long limit) implements Action {
    @Override
    public String describe() {
      return "let %s have its descriptors again".formatted(process.name());
    }
  }

  /**
   * Starts a process of a lab again, with a clock that is off; each later start has it too.
   *
   * @param lease how long that may go on without a controller that renews it
   */
  record ShiftClock(String process, ClockShift shift, Duration lease) implements Action {
    @Override
    public String describe() {
      return "start %s again with its clock %s".formatted(process, shift.words());
    }
  }

  /** Starts a process of a lab again with the right clock, if it has another and still runs. */
  record RestoreClock(String process) implements Action {
    @Override
    public String describe() {
      return "start %s again with the right clock".formatted(process);
    }
  }

  /** Runs a program of the user's, with arguments as given, and waits for its end. */
  record RunCommand(List<String> argv, Duration timeout) implements Action {
    /** Refuses an empty command. */
    public RunCommand {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new InvalidValue("a command needs at least the program's name");
      }
    }

    @Override
    public String describe() {
      return "run " + String.join(" ", argv);
    }
  }

  /**
   * Starts a detached watcher that applies the actions when the run's lease is not renewed.
   *
   * @param name names the fuse within the run
   * @param actions what it does, in order
   * @param lease how long the lease may stand still
   */
  record ArmFuse(String name, List<Action> actions, Duration lease) implements Action {
    /** How a fuse is called whose effect objects of a cluster carry notes of while it is armed. */
    public static final String NOTES = "notes-";

    /** Keeps the actions unchangeable. */
    public ArmFuse {
      actions = List.copyOf(actions);
    }

    @Override
    public String describe() {
      return "arm fuse %s: %s when the lease is %d s old"
          .formatted(
              name,
              String.join(", ", actions.stream().map(Action::describe).toList()),
              lease.toSeconds());
    }
  }

  /** Ends a fuse without its effect. */
  record DisarmFuse(String name) implements Action {
    @Override
    public String describe() {
      return "disarm fuse " + name;
    }
  }

  /** Lets a fuse undo at once: the way out when the journal cannot be read. */
  record FireFuse(String name) implements Action {
    @Override
    public String describe() {
      return "fire fuse " + name;
    }
  }

  /** Tells every fuse of the run that its controller lives. */
  record RenewLease() implements Action {
    @Override
    public String describe() {
      return "renew the lease";
    }
  }

  /** Starts the load of the experiment. */
  record StartLoad(Load load) implements Action {
    @Override
    public String describe() {
      return "start load %s at %s".formatted(load.http(), load.base());
    }
  }

  /**
   * Lets the load go through other rates, from its next second on; the last one stays.
   *
   * @param rates requests per second
   * @param each how long each rate stays; it changes between two seconds
   */
  record SurgeLoad(List<Quantity> rates, Duration each) implements Action {
    /** Keeps the rates unchangeable. */
    public SurgeLoad {
      rates = List.copyOf(rates);
    }

    @Override
    public String describe() {
      return "let the load go to %s, each for %s"
          .formatted(
              String.join(", ", rates.stream().map(Quantity::text).toList()), Spelled.asked(each));
    }
  }

  /** Lets the load go back to its own rate. */
  record EndSurge() implements Action {
    @Override
    public String describe() {
      return "let the load go back to its own rate";
    }
  }

  /** Ends the load. */
  record StopLoad() implements Action {
    @Override
    public String describe() {
      return "stop the load";
    }
  }

  /**
   * Takes the primary from a database; refused as superseded when the node is no longer it.
   *
   * @param database which one
   * @param node the primary that the plan saw; whichever is, when empty
   */
  record FailOver(String database, String node, FailoverKind kind) implements Action {
    @Override
    public String describe() {
      return switch (kind) {
        case CRASH -> "kill the node of the primary of " + database;
        case SERVER_CRASH -> "kill the server of the primary of " + database;
        case SWITCHOVER -> "switch %s over to a standby".formatted(database);
        case PARTITION -> "cut off the primary of " + database;
      };
    }
  }

  /**
   * Lets a node that was cut off be reached again, if it still lives.
   *
   * @param node which one; whichever is cut off, when empty
   */
  record Reconnect(String database, String node) implements Action {
    @Override
    public String describe() {
      return "let the nodes of %s be reached again".formatted(database);
    }
  }

  /** Makes room for a ledger, and starts its writers. */
  record OpenLedger(Ledger ledger) implements Action {
    /** The table that a ledger fills; of a key-value store, what its keys begin with. */
    public static final String TABLE = "faultline_ledger";

    @Override
    public String describe() {
      return "create %s in %s; %d writers write numbered rows, %.0f/s in all"
          .formatted(TABLE, ledger.database(), ledger.writerCount(), ledger.perSecond());
    }
  }

  /** Ends the writers of a ledger, and drops what they filled if it is the run's own. */
  record DropLedger(String database) implements Action {
    @Override
    public String describe() {
      return "drop %s in %s".formatted(OpenLedger.TABLE, database);
    }
  }

  /**
   * Lets the relay of a link disturb its traffic from now on.
   *
   * @param link its name
   * @param name names the disturbance within the run; one of that name is replaced
   * @param direction which way of the link, as seen from the one who is connected to
   * @param share of the connections, or of the exchanges of HTTP, above 0 and at most 1
   * @param lease how long it may go on without a controller that renews it
   * @param seed fixes which of them
   */
  record DisturbLink(
      String link,
      String name,
      Disturbance what,
      Direction direction,
      double share,
      Duration lease,
      long seed)
      implements Action {
    @Override
    public String describe() {
      return "put %s%s%s on %s"
          .formatted(what.words(), direction.words(), what.shareWords(share), link);
    }
  }

  /**
   * Lets an agent disturb packets of a place from now on, or changes what it does.
   *
   * @param name names the disturbance within the run; one of that name is replaced
   * @param traffic which packets
   * @param direction which way, seen from the place
   * @param lease how long the agent may go on without its controller
   * @param seed fixes all chance
   */
  record DisturbPackets(
      NetworkPlace place,
      String name,
      Disturbance what,
      Traffic traffic,
      Direction direction,
      Duration lease,
      long seed)
      implements Action {
    @Override
    public String describe() {
      return "put %s%s%s%s on %s"
          .formatted(
              what.words(),
              direction.words(),
              what.shareWords(traffic.share()),
              traffic.packetWords(),
              place.words());
    }
  }

  /** Ends a disturbance of packets; does nothing where none has that name. */
  record RestorePackets(NetworkPlace place, String name) implements Action {
    @Override
    public String describe() {
      return "end %s on %s".formatted(name, place.words());
    }
  }

  /** Ends a disturbance; does nothing where none has that name. */
  record RestoreLink(String link, String name) implements Action {
    @Override
    public String describe() {
      return "end %s on %s".formatted(name, link);
    }
  }

  /**
   * Splits traffic between two versions.
   *
   * @param share the canary's part of new requests, from 0 to 1
   * @param match which requests go to the canary in any case; none by default
   * @param mirror of which part of the requests a copy goes to the canary, above 0 and at most 1
   */
  record ShiftTraffic(Route route, double share, Optional<Match> match, Optional<Double> mirror)
      implements Action {
    /** Splits by a share alone. */
    public ShiftTraffic(Route route, double share) {
      this(route, share, Optional.empty(), Optional.empty());
    }

    /** Refuses a share that is none. */
    public ShiftTraffic {
      if (!(share >= 0 && share <= 1)) {
        throw new InvalidValue("a share is from 0 to 1, not " + share);
      }
    }

    @Override
    public boolean ofCluster() {
      return route.ofCluster();
    }

    @Override
    public String describe() {
      return Spelled.shift(route, share, match, mirror);
    }
  }

  /**
   * Starts a process that takes something from the machine and holds it until it ends.
   *
   * @param name names it within the run
   * @param lease how long it may live without being renewed
   */
  record HoldStrain(String name, Strain what, Duration lease) implements Action {
    @Override
    public String describe() {
      return "hold " + what.words();
    }
  }

  /** Ends the process of that name, if there is one, which frees what it holds. */
  record EndStrain(String name) implements Action {
    @Override
    public String describe() {
      return "free what %s holds".formatted(name);
    }
  }

  /**
   * Ends every process of the run, whoever started it, that holds something of a machine or
   * disturbs its packets: the way out when the journal cannot be read.
   */
  record EndHolders() implements Action {
    @Override
    public String describe() {
      return "end whatever of this run holds something of a machine or disturbs its packets";
    }
  }
}
