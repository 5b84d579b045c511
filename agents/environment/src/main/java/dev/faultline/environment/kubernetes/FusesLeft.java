package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.judge.BlindReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The fuses that runs have in a cluster, found by their labels. */
final class FusesLeft {

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int NOBODYS_SECONDS = 10;
  private static final String CLUSTER_ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  private static final String OURS =
      "labelSelector="
          + Api.encoded(
              "%s=%s,%s=%s"
                  .formatted(
                      AgentPlan.MANAGED_BY,
                      AgentPlan.FAULTLINE,
                      AgentPlan.COMPONENT,
                      FuseObjects.COMPONENT));

  private final Api api;
  private final Optional<String> namespace;

  FusesLeft(Api api, Optional<String> namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  private List<JsonNode> leases() throws ApiTrouble {
    String in = namespace.map(name -> "/namespaces/" + name).orElse("");
    return api.list("/apis/coordination.k8s.io/v1%s/leases".formatted(in), OURS);
  }

  /**
   * The runs, by their labels, that renew a Lease. A controller renews each five times as often as
   * it must, and gives up when it could not for half of that time: so long one looks, at most a
   * minute, by the clock of this machine alone.
   *
   * @param known runs that need no look
   */
  Set<String> renewing(Predicate<String> known) throws ApiTrouble {
    Map<String, String> first = new TreeMap<>();
    Duration look = Duration.ZERO;
    for (JsonNode lease : leases()) {
      if (!known.test(runOf(lease))) {
        first.put(nameOf(lease), renewed(lease));
        int seconds = lease.path("spec").path("leaseDurationSeconds").asInt(NOBODYS_SECONDS);
        Duration half = Duration.ofMillis(500L * seconds).plusSeconds(2);
        look = half.compareTo(look) > 0 ? half : look;
      }
    }
    Set<String> on = new HashSet<>();
    Duration longest = look.compareTo(LONGEST_LOOK) < 0 ? look : LONGEST_LOOK;
    long began = System.nanoTime();
    while (!first.isEmpty() && System.nanoTime() - began < longest.toNanos()) {
      for (JsonNode lease : leases()) {
        String before = first.get(nameOf(lease));
        if (before != null && !before.equals(renewed(lease))) {
          on.add(runOf(lease));
        }
      }
      first.keySet().removeIf(name -> on.contains(runs(name)));
      pause();
    }
    return on;
  }

  /** The run of a Lease, as {@link #nameOf} has it in front. */
  private static String runs(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private static void pause() throws ApiTrouble {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new ApiTrouble(BlindReason.TIMEOUT, "interrupted");
    }
  }

  private static String nameOf(JsonNode lease) {
    JsonNode meta = lease.path("metadata");
    return "%s/%s/%s"
        .formatted(
            runOf(lease), meta.path("namespace").asString(""), meta.path("name").asString(""));
  }

  private static String runOf(JsonNode lease) {
    return lease.path("metadata").path("labels").path(UndoNote.LABEL).asString("");
  }

  private static String renewed(JsonNode lease) {
    return lease.path("spec").path("renewTime").asString("");
  }

  /**
   * Removes those of dead runs: what owns each, and with it all that was made for it.
   *
   * @param spared of which runs they stay
   */
  List<Remain> remove(Predicate<String> spared) throws ApiTrouble {
    List<Remain> remains = new ArrayList<>();
    for (JsonNode lease : leases()) {
      if (!spared.test(runOf(lease))) {
        JsonNode meta = lease.path("metadata");
        boolean owned = !meta.path("ownerReferences").isEmpty();
        remains.add(
            owned
                ? remove(lease, CLUSTER_ROLES)
                : remove(
                    lease,
                    "/apis/coordination.k8s.io/v1/namespaces/%s/leases"
                        .formatted(meta.path("namespace").asString(""))));
      }
    }
    return remains;
  }

  private Remain remove(JsonNode lease, String owners) throws ApiTrouble {
    JsonNode meta = lease.path("metadata");
    String name = meta.path("name").asString("");
    Reply reply = api.delete(owners + "/" + name, ClusterFuses.OPTIONS);
    boolean gone = reply.ok() || reply.isMissing();
    return new Remain(
        runOf(lease),
        "fuse %s in %s".formatted(name, meta.path("namespace").asString("")),
        gone ? State.UNDONE : State.LEFT,
        gone ? "removed" : reply.words() + "; it does no harm, undo again when that is mended");
  }
}
