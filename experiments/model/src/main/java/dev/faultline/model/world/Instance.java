package dev.faultline.model.world;

import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.cluster.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One concrete thing that a target names. */
public sealed interface Instance {

  /** What people call it. */
  String name();

  /** What stays the same when the thing is replaced by a new one of its kind. */
  String owner();

  /** When it began to be, in a form that sorts; empty where that is not known. */
  default String born() {
    return "";
  }

  /** The thing, wherever it is. */
  default Instance itself() {
    return this;
  }

  /** A question about it, as it is put to the machine where it is. */
  default Query asked(Query question) {
    return question;
  }

  /**
   * A thing on another machine, or that machine.
   *
   * @param host the name of the machine
   * @param there what it is there
   */
  record OnHost(String host, Instance there) implements Instance {
    @Override
    public String name() {
      return there instanceof Here ? host : host + "/" + there.name();
    }

    @Override
    public String owner() {
      return host + "/" + there.owner();
    }

    @Override
    public Instance itself() {
      return there;
    }

    @Override
    public Query asked(Query question) {
      return new Query.OnHost(host, question);
    }
  }

  /**
   * A process.
   *
   * @param process its present life; empty while it is not running
   * @param state how it stands now
   * @param restart what starts it again when it ends, in words; empty when nothing does
   * @param network the network that it is in, where its packets can be thought of
   * @param descriptors what can be done with its descriptors, where that is known
   */
  record ProcessInstance(
      String name,
      String owner,
      Optional<ProcessRef> process,
      ProcessState state,
      Optional<String> restart,
      Optional<NetworkAccess> network,
      Optional<DescriptorAccess> descriptors)
      implements Instance {
    /** A process whose descriptors are not thought of. */
    public ProcessInstance(
        String name,
        String owner,
        Optional<ProcessRef> process,
        ProcessState state,
        Optional<String> restart,
        Optional<NetworkAccess> network) {
      this(name, owner, process, state, restart, network, Optional.empty());
    }

    /** The same, with what can be done with its descriptors. */
    public ProcessInstance with(DescriptorAccess access) {
      return new ProcessInstance(
          name, owner, process, state, restart, network, Optional.of(access));
    }

    /** A process of which only signals are thought. */
    public ProcessInstance(
        String name,
        String owner,
        Optional<ProcessRef> process,
        ProcessState state,
        Optional<String> restart) {
      this(name, owner, process, state, restart, Optional.empty());
    }
  }

  /**
   * A network of its own on a machine.
   *
   * @param network how it is reached
   */
  record NetworkInstance(String name, String owner, NetworkAccess network) implements Instance {}

  /** Something in a Kubernetes cluster. */
  sealed interface InCluster extends Instance {
    /** The object. */
    ObjectRef object();

    @Override
    default String name() {
      return object().name();
    }
  }

  /**
   * A pod.
   *
   * @param node the node that it is on; empty while it has none
   * @param zone the zone of that node; empty where it has none, or nobody asked
   * @param ready whether it is ready
   * @param workload what starts it again
   * @param inside what is in it
   */
  record PodInstance(
      ObjectRef object,
      String born,
      Optional<String> node,
      Optional<String> zone,
      boolean ready,
      Workload workload,
      PodInside inside)
      implements InCluster {
    /** A pod of whose containers nobody thinks. */
    public PodInstance(
        ObjectRef object,
        String born,
        Optional<String> node,
        Optional<String> zone,
        boolean ready,
        Workload workload) {
      this(object, born, node, zone, ready, workload, PodInside.UNKNOWN);
    }

    @Override
    public String owner() {
      return workload.name();
    }
  }

  /**
   * A pod, to whose network or processes an agent can come.
   *
   * @param way how
   * @param longest after how long the cluster ends the agent
   */
  record PodNetwork(PodInstance pod, AgentWay way, Duration longest) implements InCluster {
    @Override
    public ObjectRef object() {
      return pod.object();
    }

    @Override
    public String owner() {
      return pod.owner();
    }

    @Override
    public String born() {
      return pod.born();
    }

    /** The pod, as actions name it. */
    public PodPlace place() {
      return new PodPlace(object(), owner(), way, longest);
    }
  }

  /**
   * An object that faults change.
   *
   * @param version changes with each change of the object
   * @param fields the values of those of its fields that faults can change
   * @param fixed why nothing in it can be changed; empty when something can
   */
  record ObjectInstance(
      ObjectRef object,
      String born,
      String version,
      List<FieldValue> fields,
      Optional<String> fixed)
      implements InCluster {
    /** Keeps the fields unchangeable. */
    public ObjectInstance {
      fields = List.copyOf(fields);
    }

    @Override
    public String owner() {
      return object.kind().word() + "/" + object.name();
    }

    /** The value of a field; empty where it is absent. */
    public Optional<String> value(ObjectField field) {
      return fields.stream()
          .filter(one -> one.field().equals(field))
          .map(FieldValue::value)
          .findFirst();
    }
  }

  /**
   * A database with its nodes.
   *
   * @param state how it stands now; empty while it is not running
   * @param way how it can be made to lose its primary; empty when nothing can
   */
  record DatabaseInstance(
      String name, String owner, Optional<DatabaseState> state, Optional<FailoverWay> way)
      implements Instance {}

  /**
   * A way by which one talks to another.
   *
   * @param from who connects: a process, a database, or the load
   * @param to whom
   * @param port the name of the port; empty where a database has its own
   */
  record LinkInstance(String name, String owner, String from, String to, Optional<String> port)
      implements Instance {}

  /**
   * The machine that is meant when none is named: the one that Faultline runs on, or the host
   * around this.
   */
  record Here() implements Instance {
    @Override
    public String name() {
      return "here";
    }

    @Override
    public String owner() {
      return "here";
    }
  }
}
