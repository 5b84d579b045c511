package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can make a database that Faultline did not start fail over. */
public sealed interface FailoverMeans {

  /**
   * Programs of the user's, one for each kind of failover, with arguments that no shell reads.
   *
   * @param crash ends the primary at once
   * @param switchover lets a standby take over in order
   * @param partition cuts the primary off
   * @param heal takes the partition back; must do no harm when run twice
   * @param timeout how long each may take, at most 10m; 30s when absent
   */
  record Command(
      List<String> crash,
      List<String> switchover,
      List<String> partition,
      List<String> heal,
      Optional<Duration> timeout)
      implements FailoverMeans {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Requires a program, and one that heals where one cuts off. */
    public Command {
      crash = List.copyOf(crash);
      switchover = List.copyOf(switchover);
      partition = List.copyOf(partition);
      heal = List.copyOf(heal);
      if (crash.isEmpty() && switchover.isEmpty() && partition.isEmpty()) {
        throw new InvalidValue("at least one of these is missing: crash, switchover, partition");
      }
      if (heal.isEmpty() != partition.isEmpty()) {
        throw new InvalidValue(
            partition.isEmpty() ? "heal" : "partition",
            "'partition' and 'heal' belong together: what is cut off must be joined again");
      }
      if (timeout.isPresent() && timeout.get().compareTo(LONGEST) > 0) {
        throw new InvalidValue("timeout", "timeout must be at most 10m: no undo may take longer");
      }
    }
  }

  /**
   * The REST interface of Patroni, which can switch over.
   *
   * @param api addresses of the interface at the nodes, at least one, such as {@code
   *     http://db1:8008}
   * @param user who asks, where the interface wants to know
   * @param passwordFile file with the password for it
   */
  record Patroni(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> api,
      Optional<String> user,
      Optional<String> passwordFile)
      implements FailoverMeans {

    /** Requires addresses of HTTP. */
    public Patroni {
      api = List.copyOf(api);
      if (api.isEmpty()) {
        throw new InvalidValue("api", "'api' is missing: the address of Patroni at each node");
      }
      for (int i = 0; i < api.size(); i++) {
        if (!api.get(i).matches("https?://[^\\s/]+/?")) {
          throw new InvalidValue(
              "api/" + i,
              "'%s' is not an address; write it as http://HOST:8008".formatted(api.get(i)));
        }
      }
    }
  }

  /**
   * An operator in a Kubernetes cluster that labels the pod of the primary.
   *
   * @param context which cluster of the kubeconfig; its current one when absent
   * @param namespace where the pods are; that of the context when absent
   * @param primary label selector of the pod that is the primary, such as {@code
   *     cluster=orders,role=primary}
   */
  record Kubernetes(Optional<String> context, Optional<String> namespace, String primary)
      implements FailoverMeans {
    /** Requires a selector. */
    public Kubernetes {
      InvalidValue.required(primary, "primary");
      if (primary.isBlank()) {
        throw new InvalidValue("primary", "an empty selector would choose every pod");
      }
    }
  }
}
